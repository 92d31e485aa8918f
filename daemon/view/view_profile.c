#include "rcc/text.h"
#include "view/page.h"

/* Groups of which she has said nothing: to be asked for, never guessed. */
static void
write_undeclared(struct rcc_json *json, const struct rcc_profile *profile)
{
	bool is_declared[RCC_PROFILE_GROUP_LAST + 1] = {false};
	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		if (field != NULL && profile->values.v[key] != RCC_PROFILE_UNKNOWN)
			is_declared[field->group] = true;
	}
	rcc_json_list(json, "undeclared");
	for (int group = 1; group <= RCC_PROFILE_GROUP_LAST; group++) {
		if (!is_declared[group])
			rcc_json_list_text(json, rcc_profile_group_word((enum rcc_profile_group)group));
	}
	rcc_json_list_end(json);
}

static void
write_head(struct rcc_page *page, const struct rcc_peer *ship, const struct rcc_profile *profile)
{
	struct rcc_json *json = &page->json;
	uint32_t places = rcc_profile_places(&profile->values);
	uint32_t declared = 0;
	for (size_t key = 1; key <= RCC_PROFILE_LAST; key++)
		declared += profile->values.v[key] != RCC_PROFILE_UNKNOWN;
	rcc_json_mmsi_if(json, "mmsi", ship->mmsi);
	rcc_json_text(json, "name", ship->name);
	rcc_json_uint(json, "declared", declared);
	if (places != RCC_PROFILE_UNKNOWN)
		rcc_json_uint(json, "places_free", places);
	rcc_json_time_if(json, "checked", profile->checked_at_ms);
	rcc_json_text_if(json, "missing", profile->missing);
	rcc_json_text_if(json, "company", profile->company);
	rcc_json_text_if(json, "company_contact", profile->company_contact);
	rcc_json_text_if(json, "policy", profile->policy);
	rcc_json_time_if(json, "company_set", profile->company_at_ms);
	write_undeclared(json, profile);
}

static void
write_value(struct rcc_page *page, const struct rcc_peer *ship, const struct rcc_profile_field *field)
{
	struct rcc_json *json = &page->json;
	const struct rcc_profile *profile = rcc_profile_of(page->core, ship);
	uint32_t value = profile->values.v[field->key];
	rcc_json_mmsi_if(json, "mmsi", ship->mmsi);
	rcc_json_text(json, "key", field->word);
	if (rcc_profile_is_flag(field))
		rcc_json_bool(json, "value", value != 0);
	else
		rcc_json_fixed(json, "value", value, field->decimals);
	rcc_json_text_if(json, "unit", field->unit);
	rcc_json_text(json, "group", rcc_profile_group_word(field->group));
	rcc_json_time_if(json, "set", profile->set_at_ms[field->key]);
	rcc_json_text(json, "what", field->what);
}

static void
fill_ship(struct rcc_page *page, const struct rcc_peer *ship)
{
	const struct rcc_profile *profile = rcc_profile_of(page->core, ship);
	if (rcc_page_row(page, "PROFILE")) {
		write_head(page, ship, profile);
		rcc_page_end(page);
	}
	for (int key = 1; key <= RCC_PROFILE_LAST && page->next == 0; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		if (field != NULL && profile->values.v[key] != RCC_PROFILE_UNKNOWN &&
		    rcc_page_row(page, "PROFILE_VALUE")) {
			write_value(page, ship, field);
			rcc_page_end(page);
		}
	}
}

enum rcc_status
rcc_view_profile(struct rcc_page *page)
{
	if (page->view->mmsi.v != 0) {
		const struct rcc_peer *ship = rcc_peer_find_mmsi(page->core, page->view->mmsi);
		if (ship == NULL)
			return RCC_E_NOT_FOUND;
		fill_ship(page, ship);
		return RCC_OK;
	}
	for (uint32_t i = 0; i < page->core->peer_count && page->next == 0; i++) {
		if (rcc_peer_is_ship(&page->core->peer[i]))
			fill_ship(page, &page->core->peer[i]);
	}
	return RCC_OK;
}
