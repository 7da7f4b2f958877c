"""readme.py PREFIX README FOLDER

Does what sdk/README.md says, in an empty folder with the stet of PREFIX on the PATH: runs the commands of its
```console blocks in one shell, writes blocks with a file's name (```cpp check.cpp) to that file, and compares
what each command prints with what the page shows. A shown line "..." stands for any number of lines; digests
and times of any value are equal.
"""
import os
import re
import shlex
import shutil
import subprocess
import sys


def blocks(page):
    for language, name, body in re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", page, re.M | re.S):
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
                command, _, shown = part.partition("\n")
                yield command, shown
        elif name:
            yield f"cat > {shlex.quote(name)} <<'END_OF_BLOCK'\n{body}END_OF_BLOCK", ""


def masked(text):
    text = re.sub(r"[0-9a-f]{64}", "<sha256>", text)
    return re.sub(r"[0-9.]+ (ms|sec)\b", r"<time> \1", text)


def agrees(shown, printed):
    pattern = re.escape(masked(shown)).replace(re.escape("...\n"), r"(?:.*\n)*?")
    return re.fullmatch(pattern, masked(printed)) is not None


def main(prefix, page, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "here"))
    steps = list(blocks(open(page, encoding="utf-8").read()))
    if not steps:
        sys.exit(f"{page}: no ```console block")
    script = "cd here\n"
    for number, (command, _) in enumerate(steps):
        script += f"{{ {command}\n}} >\"$OUT/{number}\" 2>&1 </dev/null; echo $? >\"$OUT/{number}.code\"\n"
    env = dict(os.environ, PATH=f"{prefix}/bin:{os.environ['PATH']}", CMAKE_PREFIX_PATH=prefix, HOME=folder,
               STET_TRUST=f"{folder}/trusted", OUT=folder, LC_ALL="C.UTF-8", NO_COLOR="1")
    subprocess.run(["sh", "-c", script], cwd=folder, env=env, check=True)
    wrong = 0
    for number, (command, shown) in enumerate(steps):
        printed = open(f"{folder}/{number}", encoding="utf-8").read()
        code = open(f"{folder}/{number}.code", encoding="utf-8").read().strip()
        if code == "0" and agrees(shown, printed):
            continue
        wrong += 1
        print(f"$ {command}\n--- shown\n{shown}--- printed, exit code {code}\n{printed}")
    print(f"{len(steps) - wrong} of {len(steps)} commands do what {os.path.basename(page)} shows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
