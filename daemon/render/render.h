/*
 * render.h - one bulletin in the forms that others read: voice, NAVTEX, CAP 1.2, Cursor on Target, GeoJSON.
 *
 * Pure: a bulletin in, text out; no clock, no file, no state. Lines end in LF.
 * Errors: RCC_E_FULL if it does not fit, RCC_E_AGAIN where the form waits for a position that nobody knows yet,
 *         RCC_E_RANGE for a station that is no letter. The text is empty then.
 * Text:   what people typed is escaped for each form; no byte of it can end an element, a string or a line.
 */
#ifndef RCC_RENDER_H
#define RCC_RENDER_H

#include "core/bulletin.h"

/* Room for every form: GeoJSON of RCC_BULLETIN_SHIPS_MAX ships is the longest. */
#define RCC_RENDER_SIZE 262144

/* To be read out on VHF or MF (ITU-R M.1171; Radio Regulations 32, 33). */
RCC_MUST_USE enum rcc_status rcc_render_voice(const struct rcc_bulletin *bulletin, char *text, size_t size);
/* `station` is the transmitter's letter B1, A to Z (NAVTEX manual; ITU-R M.540). */
RCC_MUST_USE enum rcc_status rcc_render_navtex(const struct rcc_bulletin *bulletin, char station, char *text,
                                               size_t size);
/* OASIS CAP 1.2. */
RCC_MUST_USE enum rcc_status rcc_render_cap(const struct rcc_bulletin *bulletin, char *text, size_t size);
/* One Cursor on Target event. */
RCC_MUST_USE enum rcc_status rcc_render_cot(const struct rcc_bulletin *bulletin, char *text, size_t size);
/* RFC 7946: the casualty, the places where it may be, and the ships that have a line in its ledger. */
RCC_MUST_USE enum rcc_status rcc_render_geojson(const struct rcc_bulletin *bulletin, char *text, size_t size);

#endif
