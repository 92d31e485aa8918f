/*
 * metrics.h - what monitoring asks: /healthz, which is well only if a distress could be recorded now, and /metrics, the numbers of
 * `rccctl status` in the text form of Prometheus (0.0.4). No name of a ship, a person or a place stands in either.
 */
#ifndef RCC_METRICS_H
#define RCC_METRICS_H

#include "app.h"

/* An rcc_http_page_fn; `context` is the app. */
unsigned rcc_metrics_page(void *context, const char *path, char *text, size_t size);

#endif
