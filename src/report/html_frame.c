/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_frame.h"

#include <openssl/evp.h>

#include "base/file.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

#define LENGTH_MAX ((size_t)1024 * 1024)
#define SHA256_BYTES 32

static bool read_file(const char *name, struct text *text, struct error *error)
{
    char *path = string_format("%s/src/report/page/%s", file_home(), name);
    bool ok = file_read(path, LENGTH_MAX, text, error);
    free(path);
    return ok;
}

bool html_frame_load(struct html_frame *frame, struct error *error)
{
    *frame = (struct html_frame){TEXT_INIT, TEXT_INIT};
    if (!read_file("page.css", &frame->style, error) || !read_file("page.js", &frame->script, error)) {
        html_frame_release(frame);
        return false;
    }
    text_append(&frame->style, "\n@media screen and (prefers-color-scheme: dark) {\n");
    report_chart_dark_style(".chart", &frame->style);
    text_append(&frame->style, "}\n");
    return true;
}

void html_frame_release(struct html_frame *frame)
{
    text_release(&frame->style);
    text_release(&frame->script);
}

/* 'sha256-…', as Content Security Policy Level 3 has it. */
static void append_hash(const struct text *source, struct text *text)
{
    unsigned char digest[SHA256_BYTES], base64[4 * (SHA256_BYTES + 2) / 3 + 1];
    unsigned int length = sizeof digest;
    EVP_Digest(source->bytes, source->length, digest, &length, EVP_sha256(), NULL);
    EVP_EncodeBlock(base64, digest, (int)length);
    text_append_format(text, "'sha256-%s'", (const char *)base64);
}

void html_frame_begin(const struct html_frame *frame, const char *title, struct text *text)
{
    text_append(text,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src ");
    append_hash(&frame->style, text);
    text_append(text, "; script-src ");
    append_hash(&frame->script, text);
    text_append(text, "; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"generator\" content=\"kbench\">\n"
                      "<link rel=\"icon\" href=\"data:,\">\n<title>");
    format_html(text, title);
    text_append(text, "</title>\n<style>");
    text_append_bytes(text, frame->style.bytes, frame->style.length);
    text_append(text, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");
}

void html_frame_end(const struct html_frame *frame, struct text *text)
{
    text_append(text, "<footer>Made by kbench from its results database.</footer>\n<script>");
    text_append_bytes(text, frame->script.bytes, frame->script.length);
    text_append(text, "</script>\n</body>\n</html>\n");
}
