/* digest_request.c - the part of the digest that tells the places of safety asked between centres. */
#include "core/digest_internal.h"
#include "core/persons.h"

static void
put_asked(uint64_t *digest, const struct rcc_place_request *asked)
{
	struct rcc_groups aboard = rcc_groups_of(&asked->aboard);

	put_bytes(digest, &asked->request, sizeof asked->request);
	put(digest, asked->incident.v);
	put(digest, asked->year);
	put(digest, asked->number);
	put_text(digest, asked->place);
	put_pos(digest, asked->pos);
	put(digest, asked->ship.v);
	put_text(digest, asked->ship_name);
	put_pos(digest, asked->ship_pos);
	put_signed(digest, asked->ship_at_ms);
	for (size_t i = 0; i < RCC_GROUPS; i++)
		put(digest, aboard.v[i]);
	put_text(digest, asked->needs);
	put(digest, asked->range_m);
	put(digest, asked->eta_min);
	put_text(digest, asked->text);
	put_text(digest, asked->officer);
}

static void
put_request(uint64_t *digest, const struct rcc_request_state *row)
{
	put(digest, row->id.v);
	put(digest, row->peer.v);
	put(digest, row->is_incoming);
	put(digest, row->class);
	put(digest, row->stage);
	put(digest, row->place.v);
	put_asked(digest, &row->asked);
	put_signed(digest, row->asked_at_ms);
	put_signed(digest, row->changed_at_ms);
	put(digest, row->is_late);
	put(digest, row->turns);
	put_pos(digest, row->pos);
	put(digest, row->heard);
	put_link(digest, &row->heard_record);
	put_text(digest, row->heard_officer);
	put_text(digest, row->heard_text);
	put(digest, row->said);
	put(digest, row->is_stored);
	put(digest, row->said_refusal);
	put_signed(digest, row->said_at_ms);
	put(digest, row->said_seq);
	put_link(digest, &row->said_answers);
	put_text(digest, row->said_officer);
	put_text(digest, row->said_text);
}

void
rcc_digest_requests(uint64_t *digest, const struct rcc_core *core)
{
	put(digest, core->request_last);
	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		if (core->request[i].id.v != 0)
			put_request(digest, &core->request[i]);
	}
}
