# SPDX-License-Identifier: Apache-2.0
"""The page of a version in a real browser: what a reader does with it, with eyes, a keyboard, a screen reader or a printer."""
import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import unittest

import browser
from support import OUT, SystemTest

SCRIPT = "<script>document.title='taken over'</script>"
HOSTILE = f"{SCRIPT}|`*_\"'><img src=x onerror=\"document.title='taken over'\">&amp;"
LONG = "A run whose title is as long as people write them, with (librdkafka 2.16.0, lz4, linger.ms=5) behind it"
RUNS = f"""\
  - {{name: broken, title: Never whole, driver: 'null'}}
  - {{name: hostile, title: {json.dumps(HOSTILE)}, driver: 'null'}}
  - {{name: long, title: {json.dumps(LONG)}, driver: 'null'}}
claims:
  - name: as-fast
    quote: {json.dumps('they are "equal" ' + HOSTILE)}
    metric: records_per_sec
    of: {{case: plain, run: hostile}}
    to: {{case: plain, run: nothing}}
    ratio: [0.5, 2]
report: {{baseline: nothing}}
"""
# What a driver may have said when it died: colours of a terminal, no UTF-8, markup, several lines.
CAUSE = b"it died: \x1b[31mred\x07\x00 \xff\xfe " + HOSTILE.encode() + b"\nsecond line"


@unittest.skipIf(browser.MISSING, browser.MISSING)
class Page(SystemTest):
    """A campaign of four runs with one trial each, of which the test makes five: figures with intervals."""

    shared = None

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory(prefix="kbench-test-page-")
        cls.browser = browser.Browser()
        cls.pictures = os.path.join(OUT, "tests", "page")
        cls.built = False

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.shared.cleanup()

    def setUp(self):
        self.folder = self.shared.name
        self.database = self.path("results", "kbench.db")
        self.addCleanup(self.browser.close_pages)
        if not self.built:
            type(self).built = True
            self.build()
        self.page_path = self.path("results", "t1", "report.html")

    def build(self):
        definition = self.mock_definition(title=json.dumps("Speed " + HOSTILE),
                                          change=lambda text: text.replace("design:\n", RUNS + "design:\n"))
        self.kbench("run", definition)
        self.repeat_trials()
        self.kbench("report", "t1", "--format", "html", *([] if shutil.which("gnuplot") else ["--no-charts"]))

    def repeat_trials(self):
        """Blocks 2 to 5 like block 1, a little faster each; no two runs are as fast, and one has nothing but failures."""
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            columns = [row[1] for row in connection.execute("pragma table_info(trial)")]
            values = [{"id": "null", "block": "n.value", "records_per_sec": "records_per_sec * (1 + 0.01 * n.value)"}.get(
                column, column) for column in columns]
            connection.execute(f"insert into trial ({', '.join(columns)}) select {', '.join(values)} from trial, "
                               "(select 2 as value union select 3 union select 4 union select 5) n")
            connection.execute("insert into trial_latency select t.id, l.role, l.payload from trial t join trial f on "
                               "f.run_id = t.run_id and f.block = 1 join trial_latency l on l.trial_id = f.id where t.block > 1")
            connection.execute("update trial set records_per_sec = records_per_sec * (select case name when 'hostile' then 3 "
                               "when 'long' then 2 else 1 end from run where id = run_id)")
            connection.execute("update trial set status = 'failed', cause = cast(? as text) where run_id = "
                               "(select id from run where name = 'broken')", (CAUSE.replace(b"\0", b""),))
            connection.execute("insert into trial_setting (trial_id, position, canonical, native, requested, in_force, applied) "
                               "select id, 1000, 'some.setting', 'native', '5', ?, 1 from trial", (HOSTILE,))
            connection.commit()

    def open(self, **more):
        return self.browser.open(self.page_path, **more)

    def open_rows(self, page):
        page.get_by_role("button", name="Open all rows").click()

    def order(self, page):
        return page.locator("table.results > tbody > tr:first-child > th .run").all_text_contents()

    def values(self, page, column):
        cells = page.locator(f"table.results > tbody > tr:first-child > :nth-child({column})")
        return [cell.get_attribute("data-value") for cell in cells.all()]

    # ---- what the browser has to say of it ----

    def test_it_asks_for_nothing_and_has_no_error(self):
        for scheme in ("light", "dark"):
            page = self.open(scheme=scheme)
            self.open_rows(page)
            self.assertEqual([url for url in page.requested if not url.startswith("data:")], [page.url])
            self.assertEqual(page.complaints, [])

    def test_its_policy_lets_nothing_else_run_or_load(self):
        page = self.open()
        page.evaluate("""() => {
            const script = document.createElement('script'); script.textContent = "document.title = 'taken over'";
            const image = document.createElement('img'); image.src = 'https://127.0.0.1:9/';
            document.body.append(script, image); }""")
        for _ in range(100):
            if len(page.complaints) >= 2:
                break
            page.wait_for_timeout(50)
        self.assertNotEqual(page.title(), "taken over")
        self.assertEqual(len(page.complaints), 2, page.complaints)

    def test_text_from_outside_is_text(self):
        page = self.open()
        self.open_rows(page)
        self.assertIn("Speed " + HOSTILE, page.locator("h1").inner_text())
        self.assertEqual(page.title(), "t1: Speed " + HOSTILE)
        self.assertEqual(page.locator("script").count(), 1)
        self.assertEqual(page.locator("img").count(), 0)
        self.assertIn(HOSTILE, self.order(page))
        cause = page.locator("[id='plain/broken'] td", has_text="it died").first.inner_text()
        self.assertIn("it died: [31mred \ufffd\ufffd " + HOSTILE, " ".join(cause.split()))
        self.assertEqual(page.locator("code", has_text=HOSTILE).count(), 3)
        self.assertIn(HOSTILE, page.locator("q").inner_text())

    # ---- what a reader does ----

    def test_a_click_sorts_by_the_exact_numbers_and_absent_ones_stay_last(self):
        page = self.open()
        definition = self.order(page)
        self.assertEqual(definition, ["nothing", "Never whole", HOSTILE, LONG])
        header = page.locator("table.results > thead th", has_text="Records/s")
        number = 1 + page.locator("table.results > thead th").all_text_contents().index("Records/s")
        for sort, reverse in (("ascending", False), ("descending", True)):
            header.get_by_role("button").click()
            self.assertEqual(header.get_attribute("aria-sort"), sort)
            values = self.values(page, number)
            self.assertEqual(values[-1], None)
            self.assertEqual(values[:-1], sorted(values[:-1], key=float, reverse=reverse))
            self.assertEqual(self.order(page)[0], HOSTILE if reverse else "nothing")
        header.get_by_role("button").click()
        self.assertEqual(header.get_attribute("aria-sort"), "none")
        self.assertEqual(self.order(page), definition)

    def test_the_keyboard_sorts(self):
        page = self.open()
        button = page.locator("table.results > thead th", has_text="Run").get_by_role("button")
        button.focus()
        page.keyboard.press("Enter")
        ascending = self.order(page)
        self.assertEqual(ascending, sorted(ascending, key=str.casefold))
        page.keyboard.press("Space")
        self.assertEqual(self.order(page), ascending[::-1])
        other = page.locator("table.results > thead th", has_text="Trials").get_by_role("button")
        other.focus()
        page.keyboard.press("Enter")
        self.assertEqual(page.locator("table.results > thead th[aria-sort=ascending]").all_text_contents(), ["Trials"])

    def test_a_row_opens_by_click_and_by_keyboard_and_stays_with_its_row(self):
        page = self.open()
        button, detail = page.get_by_role("button", name=LONG), page.locator("[id='plain/long']")
        self.assertEqual((button.get_attribute("aria-expanded"), detail.is_visible()), ("false", False))
        self.assertEqual(button.get_attribute("aria-controls"), "plain/long")
        button.click()
        self.assertEqual((button.get_attribute("aria-expanded"), detail.is_visible()), ("true", True))
        page.keyboard.press("Enter")
        self.assertEqual((button.get_attribute("aria-expanded"), detail.is_visible()), ("false", False))
        page.keyboard.press("Space")
        page.locator("table.results > thead th", has_text="Run").get_by_role("button").click()
        self.assertEqual(page.evaluate("document.getElementById('plain/long').previousElementSibling.innerText.trim()"
                                       ".split('\\n')[0].split('\\t')[0]").lstrip("▾ "), LONG)

    def test_an_opened_row_has_all_trials_the_settings_and_the_latency(self):
        page = self.open()
        self.open_rows(page)
        trials = page.locator("[id='plain/broken'] table", has_text="Trials: all").locator("tbody tr")
        self.assertEqual(trials.count(), 5)
        self.assertEqual(trials.first.locator("td").nth(2).inner_text(), "no")
        settings = page.locator("[id='plain/hostile'] table", has_text="Settings: requested").locator("tbody tr")
        self.assertEqual(settings.first.locator("th").inner_text().split(), ["some.setting", "native"])
        self.assertEqual(settings.first.locator("td").all_inner_texts(), ["5", HOSTILE, "yes"])
        curve = page.locator("[id='plain/hostile'] svg[role=img]")
        self.assertRegex(curve.get_attribute("aria-label"), r"50th [\d.]+ ms, .*maximum [\d.,]+ ms")
        self.assertEqual(page.locator("[id='plain/broken'] svg").count(), 0)

    def test_every_figure_leads_to_where_it_comes_from(self):
        page = self.open()
        dead = page.evaluate("""() => [...document.querySelectorAll("a[href^='#']")].map(link => link.hash.slice(1))
                                      .filter(id => !document.getElementById(id))""")
        self.assertEqual(dead, [])
        unlinked = page.evaluate("""() => [...document.querySelectorAll('table.results > tbody > tr:first-child > td[data-value]')]
            .filter(cell => !cell.querySelector('a')).map(cell => cell.closest('table').tHead.rows[0].cells[cell.cellIndex].innerText)""")
        self.assertEqual({title.split("\n")[0].strip() for title in unlinked}, {"Trials", "Ratio"})
        link = page.locator("a[href='#plain/long/latency_p99_ms']").first
        link.click()
        target = page.locator("[id='plain/long/latency_p99_ms']")
        target.wait_for(state="visible")
        self.assertTrue(target.evaluate("row => row === document.activeElement"))
        self.assertIn("kbench explain t1 plain/long latency_p99_ms", target.inner_text())
        self.kbench("explain", "t1", "plain/long", "latency_p99_ms")
        page.get_by_role("button", name=LONG).click()
        link.click()
        target.wait_for(state="visible")  # the same link once more

    def test_a_link_from_outside_opens_the_row_too(self):
        page = self.open(fragment="#plain/long/records_per_sec")
        self.assertTrue(page.locator("[id='plain/long/records_per_sec']").is_visible())
        self.assertFalse(page.locator("[id='plain/hostile']").is_visible())

    def test_without_script_everything_is_open(self):
        page = self.open(java_script_enabled=False)
        self.assertEqual(page.locator("tr.detail").count(), 4)
        for detail in page.locator("tr.detail").all():
            self.assertTrue(detail.is_visible())
        self.assertEqual(page.locator("button").count(), 0)

    # ---- who else reads it ----

    def test_axe_finds_nothing_serious(self):
        source = browser.axe_source()
        for scheme in ("light", "dark"):
            for what in ("index", "closed", "opened"):
                with self.subTest(scheme=scheme, what=what):
                    page = self.browser.open(self.path("results", "index.html") if what == "index" else self.page_path,
                                             scheme=scheme)
                    if what == "opened":
                        self.open_rows(page)
                    page.evaluate(source)
                    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                    serious = [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"])
                               for v in found["violations"] if v["impact"] in ("serious", "critical")]
                    self.assertEqual(serious, [])
                    self.assertIn("color-contrast", [rule["id"] for rule in found["passes"]])

    def test_its_structure_is_one_that_a_screen_reader_walks(self):
        page = self.open()
        self.assertEqual(page.locator("html").get_attribute("lang"), "en")
        self.assertEqual(page.locator("h1").count(), 1)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(heading => Number(heading.tagName[1]))")
        self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])), levels)
        for landmark in ("header", "nav", "main", "footer"):
            self.assertEqual(page.locator(f"body > {landmark}").count(), 1, landmark)
        self.assertEqual(page.evaluate("[...document.querySelectorAll('table')].filter(table => !table.caption).length"), 0)
        self.assertEqual(page.locator("th:not([scope])").count(), 0)
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.hash"), "#content")
        self.assertTrue(page.locator("a.skip").is_visible())

    def test_on_a_phone_only_tables_scroll_and_the_run_stays_in_sight(self):
        page = self.open(width=375)
        self.open_rows(page)
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), 375)
        scroll = page.locator(".scroll:has(> table.results)").first
        self.assertGreater(scroll.evaluate("box => box.scrollWidth"), 375)
        run = scroll.locator("tbody th .run").first
        before = run.bounding_box()["x"]
        scroll.evaluate("box => { box.scrollLeft = 300; }")
        self.assertEqual(run.bounding_box()["x"], before)

    def test_on_paper_rows_are_open_and_buttons_are_gone(self):
        page = self.open(scheme="dark")
        page.emulate_media(media="print", color_scheme="dark")
        for detail in page.locator("tr.detail").all():
            self.assertTrue(detail.is_visible())
        self.assertFalse(page.get_by_role("button", name="Open all rows").is_visible())
        self.assertFalse(page.locator("nav").is_visible())
        self.assertEqual(page.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")

    def test_motion_is_for_those_who_want_it(self):
        for wish, behaviour in (("no-preference", "smooth"), ("reduce", "auto")):
            page = self.open(reduced_motion=wish)
            self.assertEqual(page.evaluate("getComputedStyle(document.documentElement).scrollBehavior"), behaviour)

    @unittest.skipUnless(shutil.which("gnuplot"), "no gnuplot")
    def test_charts_stand_in_the_page_with_their_words(self):
        page = self.open()
        charts = page.locator("figure.chart")
        self.assertGreaterEqual(charts.count(), 4)
        for chart in charts.all():
            self.assertEqual(chart.locator("svg").count(), 1)
            self.assertGreater(len(chart.locator("figcaption").inner_text()), 40)
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        self.assertEqual(sorted(set(ids)), sorted(ids), "an id stands twice")

    def test_the_same_database_gives_the_same_bytes(self):
        for out in ("one", "two"):
            self.kbench("report", "t1", "--no-charts", "--format", "html", "--out", self.path(out))
        self.assertEqual(self.read("one", "report.html"), self.read("two", "report.html"))

    def test_an_index_leads_to_the_pages(self):
        page = self.browser.open(self.path("results", "index.html"))
        self.assertEqual(page.complaints, [])
        page.get_by_role("link", name="t1, revision 1").click()
        self.assertEqual(page.url, f"file://{self.page_path}")
        self.kbench("report", "--out", self.path("elsewhere"))
        page = self.browser.open(self.path("elsewhere", "index.html"))
        self.assertEqual(page.locator("main a").count(), 0)
        self.assertEqual(page.locator("tbody tr").count(), 1)
        _, errors = self.kbench("report", "--format", "csv", status=2)
        self.assertIn("without a VERSION", errors)

    def test_pictures_for_those_who_look(self):
        os.makedirs(self.pictures, exist_ok=True)
        for width in (375, 1280):
            for scheme in ("light", "dark"):
                path = os.path.join(self.pictures, f"{width}-{scheme}.png")
                self.open(width=width, scheme=scheme).screenshot(path=path, full_page=True)
                self.assertGreater(os.path.getsize(path), 10000)


if __name__ == "__main__":
    unittest.main()
