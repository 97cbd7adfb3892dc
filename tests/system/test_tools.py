# SPDX-License-Identifier: Apache-2.0
"""What people's tools get: completion in shells, the manual page, a definition to begin with, an installed program."""
import os
import re
import shutil
import subprocess
import unittest

from support import COMMAND_TIMEOUT_S, OUT, PROGRAM, ROOT, SystemTest

COMPLETE = """
PATH={folder}:$PATH
source {script}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_kbench
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def commands_of(overview):
    """The commands' names, as `kbench --help` lists them."""
    return re.findall(r"^  ([a-z][a-z-]*) ", overview, re.M)


def section(script, command):
    """What a script for zsh or bash has of one command's options: from its case to the end of that."""
    lines, inside = [], False
    for line in script.splitlines():
        inside = inside or re.fullmatch(rf" +{command}\)", line) is not None
        lines += [line] if inside else []
        inside = inside and not line.endswith((";;", "esac ;;"))
    return "\n".join(lines)


def options_of(help_text):
    return re.findall(r"^  --([a-z][a-z-]*)", help_text, re.M)


class Completion(SystemTest):
    def complete(self, *words):
        """What bash offers for the last of the words."""
        script = self.path("completion.bash")
        if not os.path.exists(script):
            self.write("completion.bash", self.kbench("completion", "bash")[0])
            self.write("bin/kbench", f'#!/bin/sh\nexec "{PROGRAM}" "$@"\n')
            os.chmod(self.path("bin", "kbench"), 0o755)
        line = COMPLETE.format(folder=self.path("bin"), script=script, words=" ".join(f"'{word}'" for word in words))
        done = subprocess.run(["bash", "--norc", "-c", line], cwd=self.folder, env=self.environment(), check=True,
                              stdout=subprocess.PIPE, timeout=COMMAND_TIMEOUT_S)
        return done.stdout.decode().split()

    def test_bash_completes_commands_options_and_their_words(self):
        self.assertEqual(self.complete("kbench", "com"), ["compare", "completion"])
        self.assertEqual(self.complete("kbench", "claims", "--fo"), ["--format"])
        self.assertEqual(self.complete("kbench", "claims", "--format", ""), ["text", "csv", "json"])
        self.assertEqual(self.complete("kbench", "claims", "--format", "c"), ["csv"])
        self.assertEqual(self.complete("kbench", "cluster", "d"), ["down"])

    def test_bash_completes_files_drivers_and_versions(self):
        self.write("mine.yaml", "version: mine\n")
        self.assertEqual(self.complete("kbench", "check", "mi"), ["mine.yaml"])
        self.assertEqual(self.complete("kbench", "driver-test", "kafka-py"), ["kafka-python"])
        self.assertEqual(self.complete("kbench", "report", ""), [], "no database yet")
        self.kbench("run", self.mock_definition("t1"))
        self.assertEqual(self.complete("kbench", "report", ""), ["t1"])
        self.assertEqual(self.complete("kbench", "report", "--format", "json", "t"), ["t1"])

    def test_every_command_and_option_is_in_every_script(self):
        commands = commands_of(self.kbench("--help")[0])
        self.assertIn("completion", commands)
        scripts = {shell: self.kbench("completion", shell)[0] for shell in ("bash", "zsh", "fish")}
        for command in commands:
            for option in options_of(self.kbench(command, "--help")[0]):
                with self.subTest(f"{command} --{option}"):
                    self.assertIn(f"seen_subcommand_from {command}' -l {option} ", scripts["fish"])
                    self.assertRegex(section(scripts["bash"], command), rf" --{option}[ ']")
                    self.assertRegex(section(scripts["zsh"], command), rf"'--{option}[=\[]")

    def test_the_scripts_are_good_in_their_shells(self):
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell):
                if not shutil.which(shell):
                    self.skipTest(f"there is no {shell} here")
                path = self.write(f"script.{shell}", self.kbench("completion", shell)[0])
                subprocess.run([shell, "-n", path], check=True, timeout=COMMAND_TIMEOUT_S)

    @unittest.skipUnless(shutil.which("fish"), "there is no fish here")
    def test_fish_completes(self):
        self.kbench("run", self.mock_definition("t1"))
        script = self.write("kbench.fish", self.kbench("completion", "fish")[0])
        environment = self.environment(PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
        for line, words in (("kbench report ", ["t1"]), ("kbench completion f", ["fish"]),
                            ("kbench claims --format ", ["csv", "json", "text"]), ("kbench run --trials ", [])):
            done = subprocess.run(["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line],
                                  env=environment, cwd=self.folder, stdout=subprocess.PIPE, text=True, check=True,
                                  timeout=COMMAND_TIMEOUT_S)
            self.assertEqual([word.split("\t")[0] for word in done.stdout.splitlines()], words, line)

    @unittest.skipUnless(shutil.which("zsh"), "there is no zsh here")
    def test_zsh_asks_for_versions(self):
        """The function alone, as _arguments calls it: with what is for compadd before the last word."""
        self.kbench("run", self.mock_definition("t1"))
        script = self.kbench("completion", "zsh")[0]
        asked = re.search(r"(?ms)^_kbench_asked\(\) \{\n.*?^\}\n", script).group()
        self.assertIn(":_kbench_asked versions'", script)
        environment = self.environment(PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
        done = subprocess.run(["zsh", "-f", "-c", f"compadd() {{ print -r -- $@ : $found }}\n{asked}_kbench_asked -J - versions"],
                              env=environment, cwd=self.folder, stdout=subprocess.PIPE, text=True, check=True,
                              timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(done.stdout, "-J - -a found : t1\n")

    def test_an_unknown_shell(self):
        self.assertIn("did you mean 'fish'?", self.kbench("completion", "fihs", status=2)[1])


class ManualPage(SystemTest):
    def test_it_has_all_that_help_has(self):
        page = self.kbench("man")[0]
        for command in commands_of(self.kbench("--help")[0]):
            escaped = command.replace("-", "\\-")
            with self.subTest(command):
                self.assertRegex(page, rf"(?m)^\.SS kbench {re.escape(escaped)}( |$)")
        for option in options_of(self.kbench("run", "--help")[0]):
            self.assertIn("\\fB\\-\\-" + option.replace("-", "\\-") + "\\fR", page)
        for line in page.splitlines():
            self.assertNotRegex(line, r"^\.(?!TH|SH|SS|TP|B|I)", "a line that roff would take for another macro")


class Init(SystemTest):
    def test_what_it_writes_passes_check(self):
        errors = self.kbench("init", "mine")[1]
        self.assertIn("mine.yaml", errors)
        text = self.read("mine.yaml")
        self.assertNotIn("@", text)
        self.assertIn("version mine", self.kbench("check", self.path("mine.yaml"))[0])
        schema = re.match(r"# yaml-language-server: \$schema=(.*)", text).group(1)
        self.assertTrue(os.path.isfile(os.path.join(self.folder, schema)), schema)
        self.assertIn("driver: c}", text)
        for name in ("null", "template", "known-samples", "kafka-producer-perf-test"):
            self.assertNotIn(f"driver: {name}}}", text, "no client")

    def test_in_a_repository_it_goes_to_the_experiments(self):
        os.makedirs(self.path("experiments"))
        self.kbench("init", "mine")
        self.kbench("check", self.path("experiments", "mine.yaml"))

    def test_what_it_refuses(self):
        self.write("there.yaml", "mine\n")
        for words, message in ((["there"], "is there already"), (["My Name"], "no definition can be made for 'My Name'"),
                               (["x", "--out", "none"], "there is no folder 'none'"),
                               (["mine.yaml"], "is the name of a file")):
            with self.subTest(words[0]):
                self.assertIn(message, self.kbench("init", *words, status=2)[1])
        self.assertEqual(self.read("there.yaml"), "mine\n")
        self.assertEqual(os.listdir(self.folder), ["there.yaml"])


class Installed(SystemTest):
    def make(self, target, root):
        done = subprocess.run(["make", "--no-print-directory", target, f"DESTDIR={root}", "PREFIX=/usr", f"OUT={OUT}"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(done.returncode, 0, done.stdout.decode(errors="replace"))

    def test_it_works_from_its_place_and_goes_without_a_trace(self):
        root = self.path("root")
        self.make("install", root)
        program = os.path.join(root, "usr", "bin", "kbench")
        environment = {name: value for name, value in self.environment().items() if name not in ("KBENCH_HOME", "KBENCH_BUILD")}
        definition = self.mock_definition("t1")
        for arguments in (["check", definition], ["run", definition], ["report", "t1", "--no-charts"],
                          ["check", os.path.join(root, "usr", "share", "kbench", "experiments", "v2.yaml")]):
            done = subprocess.run([program, *arguments], cwd=self.folder, env=environment, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=COMMAND_TIMEOUT_S)
            self.assertEqual(done.returncode, 0, done.stdout.decode(errors="replace"))
        self.assertEqual(self.query("select status from results"), [("ok",)])
        for place in ("man/man1/kbench.1", "bash-completion/completions/kbench", "zsh/site-functions/_kbench",
                      "fish/vendor_completions.d/kbench.fish"):
            self.assertGreater(os.path.getsize(os.path.join(root, "usr", "share", place)), 500, place)
        self.make("uninstall", root)
        left = [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main()
