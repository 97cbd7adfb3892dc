/* SPDX-License-Identifier: Apache-2.0 */
/* The latency of one pair by percentile, as an SVG of its own: gnuplot draws one chart a case, and one a pair would take it seconds. */
#include <math.h>

#include "report/html_parts.h"

#include "base/banned.h"

#define POINTS 1024
#define TICKS 5 /* points for each halving of the distance to 100 % */
#define NS_IN_MS 1e6
#define LEAST_MS 1e-3 /* the histograms' resolution: 0 has no place on a logarithmic axis */

#define DIGIT_WIDTH 6.4 /* of a label, about */

/* The picture, and in it the room for the curve. */
enum { WIDTH = 420, HEIGHT = 230, LEFT = 62, RIGHT = 408, TOP = 10, BOTTOM = 196 };

/* HdrHistogram's axis, on which every further nine takes the same room; latency by its logarithm. */
struct axes {
    double nines;     /* at the right end */
    double low, high; /* log10 of ms */
};

/* 100 % has no place on the axis: it is drawn at half a record from the end. */
static double nines_of(const struct histogram_point *point, const struct histogram *latency)
{
    double from_end = 1 - point->percentile / 100, least = 0.5 / (double)histogram_count(latency);
    return -log10(fmax(from_end, least));
}

static double milliseconds(int64_t ns)
{
    return fmax((double)ns / NS_IN_MS, LEAST_MS);
}

static double x_of(const struct axes *axes, double nines)
{
    return LEFT + (RIGHT - LEFT) * nines / axes->nines;
}

static double y_of(const struct axes *axes, double ms)
{
    return BOTTOM - (BOTTOM - TOP) * (log10(ms) - axes->low) / (axes->high - axes->low);
}

static void percentile_lines(const struct axes *axes, struct text *text)
{
    static const char *const labels[] = {"50", "90", "99", "99.9", "99.99", "99.999", "99.9999"};
    static const double nines[] = {0.30103, 1, 2, 3, 4, 5, 6};
    double taken = -INFINITY; /* up to where there are labels; one without room is left out */
    for (size_t i = 0; i < sizeof nines / sizeof *nines && nines[i] <= axes->nines; i++) {
        double x = x_of(axes, nines[i]);
        text_append_format(text, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, TOP, x, BOTTOM);
        double half = DIGIT_WIDTH * (double)strlen(labels[i]) / 2;
        if (x - half > taken && x + half < WIDTH) {
            text_append_format(text, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, BOTTOM + 16,
                               labels[i]);
            taken = x + half + DIGIT_WIDTH;
        }
        text_append_char(text, '\n');
    }
    text_append_format(text, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">percentile of the records</text>\n", RIGHT,
                       HEIGHT - 2);
}

static void latency_lines(const struct axes *axes, struct text *text)
{
    for (int decade = (int)axes->low; decade <= (int)axes->high; decade++) {
        double ms = pow(10, decade), y = y_of(axes, ms);
        text_append_format(text,
                           "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" "
                           "text-anchor=\"end\">%g ms</text>\n",
                           LEFT, y, RIGHT, y, LEFT - 6, y + 4, ms);
    }
}

/* What can be read from the curve, for those who do not see it. */
static void describe(struct html *html, const struct report_pair *pair)
{
    static const double percentiles[] = {50, 90, 99, 99.9};
    struct text text = TEXT_INIT;
    text_append_format(&text,
                       "Latency of %s in the case %s by percentile, all trials' records together: ", pair->run->title,
                       pair->c->name);
    for (size_t i = 0; i < sizeof percentiles / sizeof *percentiles; i++) {
        format_percentile(&text, percentiles[i]);
        text_append_char(&text, ' ');
        format_number(&text, (double)histogram_percentile(pair->latency, percentiles[i]) / NS_IN_MS);
        text_append(&text, " ms, ");
    }
    text_append(&text, "maximum ");
    format_number(&text, (double)histogram_max(pair->latency) / NS_IN_MS);
    text_append(&text, " ms.");
    format_html(html->text, text.bytes);
    text_release(&text);
}

static void draw(struct html *html, const struct report_pair *pair, const struct histogram_point *points, size_t count)
{
    struct axes axes = {.nines = nines_of(&points[count - 1], pair->latency),
                        .low = floor(log10(milliseconds(points[0].value))),
                        .high = ceil(log10(milliseconds(points[count - 1].value)))};
    axes.nines = fmax(axes.nines, 1);
    axes.high = fmax(axes.high, axes.low + 1);
    text_append_format(html->text, "<figure class=\"curve\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
                       WIDTH, HEIGHT);
    describe(html, pair);
    text_append(html->text, "\">\n");
    percentile_lines(&axes, html->text);
    latency_lines(&axes, html->text);
    text_append(html->text, "<polyline points=\"");
    for (size_t i = 0; i < count; i++)
        text_append_format(html->text, "%s%.1f,%.1f", i ? " " : "", x_of(&axes, nines_of(&points[i], pair->latency)),
                           y_of(&axes, milliseconds(points[i].value)));
    text_append(html->text, "\"/></svg>\n<figcaption>");
    describe(html, pair);
    text_append(html->text, "</figcaption></figure>\n");
}

void html_latency_curve(struct html *html, const struct report_pair *pair)
{
    if (!pair->latency || histogram_count(pair->latency) == 0)
        return;
    struct histogram_point *points = memory_zeroed(POINTS, sizeof *points);
    size_t count = histogram_distribution(pair->latency, TICKS, points, POINTS);
    if (count > 0)
        draw(html, pair, points, count);
    free(points);
}
