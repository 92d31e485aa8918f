/*
 * telephone.c - an officer types a report, over the local socket: with the same id the very same bytes.
 *
 * Usage: telephone SOCKET open|alert|look ID CONTACT TEXT
 * alert: a distress that brings a tag and sealed particulars of its own making. look: an open, and the list of cases asked for in
 * the same breath. Prints one line for each answer, in the order in which they come: accepted SEQ ALERT INCIDENT [lost], refused
 * REASON FIELD, or shown LINES.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "proto/wire.h"
#include "rcc/text.h"

#define ANSWER_MS 20000
#define CLAIMED_AT_MS INT64_C(1795403527250)

static struct rcc_envelope message;
static uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];

static void
fill_alert(struct rcc_alert *alert, enum rcc_source source, const char *text)
{
	alert->source = source;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_SINKING;
	alert->pos = (struct rcc_pos){.lat_e7 = 350000000, .lon_e7 = 120000000};
	alert->pos_at_ms = CLAIMED_AT_MS;
	rcc_text_copy_lossy(alert->text, sizeof alert->text, text, strlen(text));
	/* Nobody but the centre says what stands here. */
	alert->contact = 4711;
	alert->sealed_len = 100;
	memset(alert->sealed, 1, alert->sealed_len);
	alert->marks = RCC_ALERT_CONTACT_LOST;
}

static bool
make(char **argv)
{
	unsigned long id = strtoul(argv[3], NULL, 10);

	message.protocol = RCC_PROTOCOL_MAX;
	memcpy(message.id.b, &id, sizeof id);
	message.id.b[15] = 1;
	message.claimed_at_ms = CLAIMED_AT_MS;
	message.class = RCC_CLASS_LIVE;
	if (strcmp(argv[2], "alert") == 0) {
		message.kind = RCC_BODY_ALERT;
		fill_alert(&message.u.alert, RCC_SOURCE_DSC, argv[5]);
		message.u.alert.casualty.v = 247000000 + (uint32_t)id;
		return true;
	}
	message.kind = RCC_BODY_OPEN;
	fill_alert(&message.u.open.alert, RCC_SOURCE_OFFICER, argv[5]);
	/* Far from the other reports: what suggests that two of them are one case is the number alone. */
	message.u.open.alert.pos.lat_e7 -= (int32_t)(id % 60) * 10000000;
	return (strcmp(argv[2], "open") == 0 || strcmp(argv[2], "look") == 0) &&
	       rcc_text_copy(message.u.open.contact, sizeof message.u.open.contact, argv[4], strlen(argv[4])) == RCC_OK;
}

static int
tell(int len)
{
	struct rcc_wire_fault fault;

	if (len < 0 || rcc_wire_decode(bytes, (size_t)len, &message, &fault) != RCC_OK)
		return EXIT_FAILURE;
	if (message.kind == RCC_BODY_REFUSED) {
		printf("refused %s %s\n", rcc_refusal_word(message.u.refused.reason), message.u.refused.field);
		return EXIT_SUCCESS;
	}
	if (message.kind == RCC_BODY_VIEW_ROWS) {
		unsigned lines = 0;
		for (uint32_t i = 0; i < message.u.rows.len; i++)
			lines += message.u.rows.bytes[i] == '\n';
		printf("shown %u\n", lines);
		return EXIT_SUCCESS;
	}
	if (message.kind != RCC_BODY_ACCEPTED)
		return EXIT_FAILURE;
	printf("accepted %llu %u %u%s%s\n", (unsigned long long)message.u.accepted.entry.seq,
	       message.u.accepted.alert.v, message.u.accepted.incident.v,
	       message.u.accepted.contact_lost != 0 ? " lost" : "",
	       message.u.accepted.contact[0] != '\0' ? " told" : "");
	return EXIT_SUCCESS;
}

static bool
ask_for_cases(void *socket)
{
	size_t len = 0;

	message.kind = RCC_BODY_VIEW;
	message.id.b[15] = 2;
	memset(&message.u, 0, sizeof message.u);
	message.u.view = (struct rcc_view){.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	return rcc_wire_encode(&message, bytes, sizeof bytes, &len) == RCC_OK &&
	       zmq_send(socket, bytes, len, 0) == (int)len;
}

int
main(int argc, char **argv)
{
	void *context = zmq_ctx_new();
	void *socket = context == NULL ? NULL : zmq_socket(context, ZMQ_DEALER);
	int linger = 0;
	int wait_ms = ANSWER_MS;
	size_t len = 0;
	int code = EXIT_FAILURE;

	if (argc != 6 || socket == NULL || !make(argv) ||
	    rcc_wire_encode(&message, bytes, sizeof bytes, &len) != RCC_OK) {
		fprintf(stderr, "usage: telephone SOCKET open|alert|look ID CONTACT TEXT\n");
		return EXIT_FAILURE;
	}
	if (zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) == 0 &&
	    zmq_setsockopt(socket, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms) == 0 && zmq_connect(socket, argv[1]) == 0 &&
	    zmq_send(socket, bytes, len, 0) == (int)len) {
		bool is_look = strcmp(argv[2], "look") == 0;
		if (is_look && !ask_for_cases(socket))
			return EXIT_FAILURE;
		code = tell(zmq_recv(socket, bytes, sizeof bytes, 0));
		if (is_look && code == EXIT_SUCCESS)
			code = tell(zmq_recv(socket, bytes, sizeof bytes, 0));
	}
	(void)zmq_close(socket);
	(void)zmq_ctx_term(context);
	return code;
}
