/* report_html.c - one file for a browser and a printer: A4, one style sheet, no script, nothing that is fetched. */
#include <stdarg.h>
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/report.h"

#define CELL_SIZE 2048

static const char style[] =
    "@page{size:A4;margin:16mm 14mm 17mm}"
    "*{box-sizing:border-box}"
    "body{font:10pt/1.4 'Liberation Sans','DejaVu Sans',Arial,sans-serif;color:#16202c;background:#fff;margin:0 auto;"
    "max-width:190mm;padding:8mm 4mm}"
    ".head{border-bottom:2.5pt solid #12395b;padding-bottom:3mm;margin-bottom:4mm}"
    "h1{font-size:19pt;line-height:1.15;margin:0 0 1mm;color:#12395b}"
    "h2{font-size:12.5pt;margin:8mm 0 2mm;padding-bottom:.8mm;border-bottom:.75pt solid #9db2c4;color:#12395b;"
    "break-after:avoid}"
    "h3{font-size:10.5pt;margin:4mm 0 1mm;break-after:avoid}"
    "p{margin:0 0 2mm}"
    ".sub{font-size:11pt;color:#3d5165;margin:0}"
    ".note{font-size:8.5pt;color:#4a5b6c}"
    ".seal{font-size:8pt;color:#3d5165;border-top:.75pt solid "
    "#9db2c4;margin-top:8mm;padding-top:2mm;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%;font-size:8.5pt;margin:0 0 3mm}"
    "th{text-align:left;font-weight:600;color:#12395b;border-bottom:1pt solid #12395b;padding:1mm 1.6mm 1mm 0;"
    "vertical-align:bottom}"
    "td{border-bottom:.5pt solid #d3dde6;padding:.9mm 1.6mm .9mm 0;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    ".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".n+td:not(.n),.n+th:not(.n){padding-left:3mm}"
    "td.t{padding-right:3mm;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "td.q{font-style:italic}"
    "tr.sum td{font-weight:600;border-top:1pt solid #12395b}"
    "tr.late td:first-child{border-left:2.5pt solid #a3261d;padding-left:1.6mm}"
    "tr.day td{font-weight:600;background:#eef3f7;padding-left:1.6mm}"
    ".facts{display:grid;grid-template-columns:repeat(2,1fr);gap:0 8mm;margin:0 0 3mm}"
    ".facts div{display:flex;gap:3mm;border-bottom:.5pt solid #d3dde6;padding:.8mm 0}"
    ".facts dt{width:34mm;flex:none;color:#4a5b6c}.facts dd{margin:0;font-weight:600}dl{margin:0}"
    "svg{display:block;width:100%;height:auto;break-inside:avoid;border:.75pt solid #9db2c4}"
    ".plot{margin:0 0 3mm;break-inside:avoid}.plot p{margin-top:1mm}.keep{break-inside:avoid}h2.page{break-before:page}"
    "@media screen{body{box-shadow:0 0 6mm #0002;margin:6mm auto;padding:14mm 12mm;max-width:210mm}}"
    "@media print{body{max-width:none;padding:0}}";

void
rcc_html_text(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '>')
			fputs("&gt;", out);
		else if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '"')
			fputs("&quot;", out);
		else
			fputc(*text, out);
	}
}

void
rcc_html_begin(FILE *out, const char *title)
{
	/* TRANSLATORS: the code of your language (RFC 5646), as it stands in <html lang="...">: fr for French. */
	fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>", _("en"));
	rcc_html_text(out, title);
	fprintf(out,
	        "</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n"
	        "<style>%s</style>\n</head>\n<body>\n",
	        style);
}

void
rcc_html_end(FILE *out)
{
	fputs("</body>\n</html>\n", out);
}

void
rcc_html_heading(FILE *out, const char *class_name, const char *text)
{
	fprintf(out, "<h2 class=\"%s\">", class_name);
	rcc_html_text(out, text);
	fputs("</h2>\n", out);
}

void
rcc_html_keep(FILE *out)
{
	fputs("<div class=\"keep\">\n", out);
}

void
rcc_html_keep_end(FILE *out)
{
	fputs("</div>\n", out);
}

void
rcc_html_paragraph(FILE *out, const char *class_name, const char *format, ...)
{
	char text[CELL_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	fprintf(out, "<p class=\"%s\">", class_name);
	rcc_html_text(out, text);
	fputs("</p>\n", out);
}

void
rcc_html_table(FILE *out, const char *class_name, const char *const *column)
{
	fprintf(out, "<table class=\"%s\"><thead><tr>", class_name);
	for (; *column != NULL; column++) {
		/* A column of numbers is marked by a # before its name. */
		bool is_number = **column == '#';
		fputs(is_number ? "<th class=\"n\">" : "<th>", out);
		rcc_html_text(out, *column + is_number);
		fputs("</th>", out);
	}
	fputs("</tr></thead><tbody>\n", out);
}

void
rcc_html_table_end(FILE *out)
{
	fputs("</tbody></table>\n", out);
}

void
rcc_html_row(FILE *out, const char *class_name)
{
	if (class_name[0] == '\0')
		fputs("<tr>", out);
	else
		fprintf(out, "<tr class=\"%s\">", class_name);
}

void
rcc_html_row_end(FILE *out)
{
	fputs("</tr>\n", out);
}

void
rcc_html_cell(FILE *out, const char *class_name, const char *format, ...)
{
	char text[CELL_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (class_name[0] == '\0')
		fputs("<td>", out);
	else
		fprintf(out, "<td class=\"%s\">", class_name);
	rcc_html_text(out, text);
	fputs("</td>", out);
}

const char *
rcc_html_time(char text[RCC_HTML_TIME_SIZE], int64_t at_ms)
{
	char whole[RCC_TIME_TEXT_SIZE];

	if (at_ms == 0)
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "–");
	else
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "%.10s %.8s", rcc_time_format(whole, at_ms), whole + 11);
	return text;
}

const char *
rcc_html_span(char text[RCC_HTML_TIME_SIZE], int64_t ms)
{
	long long s = (long long)(ms / RCC_MS_PER_S);

	if (ms < 0)
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "–");
	else if (ms < 10 * RCC_MS_PER_S)
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "%lld.%lld s", s, (long long)(ms % RCC_MS_PER_S / 100));
	else if (ms < RCC_MS_PER_MIN)
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "%lld s", s);
	else if (ms < RCC_MS_PER_HOUR)
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "%lld min %02lld s", s / 60, s % 60);
	else
		(void)snprintf(text, RCC_HTML_TIME_SIZE, "%lld h %02lld min", s / 3600, s / 60 % 60);
	return text;
}
