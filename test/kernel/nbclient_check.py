"""Drives the kernel with Jupyter's own client libraries; run by nbclient.test.ts with JUPYTER_PATH set."""
import sys
import time

import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = "emtd-lab"


def check(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: expected {expected!r}, got {actual!r}")


def beating(client):
    """The heartbeat thread looks once a second: wait for it."""
    deadline = time.monotonic() + 20
    while not client.hb_channel.is_beating() and time.monotonic() < deadline:
        time.sleep(0.1)
    return client.hb_channel.is_beating()


def notebook_by_nbclient():
    sources = ["const a = 20;\na + 1", "console.log('x'); console.error('y')", "const d = display(1);", "d.update(2)"]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, kernel_name=KERNEL, timeout=60).execute()
    nbformat.validate(notebook)
    check("execution counts", [cell.execution_count for cell in notebook.cells], [1, 2, 3, 4])
    check("result", notebook.cells[0].outputs[0].data["text/plain"], "21")
    check("streams", [(o.name, o.text) for o in notebook.cells[1].outputs], [("stdout", "x\n"), ("stderr", "y\n")])
    check("updated display", notebook.cells[2].outputs[0].data["text/plain"], "2")

    failing = new_notebook(cells=[new_code_cell("const n: number = 'text';")])
    try:
        NotebookClient(failing, kernel_name=KERNEL, timeout=60).execute()
    except CellExecutionError as error:
        check("error name", error.ename, "TS2322")
        if "cell[1]:1:7" not in str(error):
            sys.exit(f"the traceback lacks the place: {error}")
    else:
        sys.exit("a type error did not fail the notebook")


def reply(client, msg_id):
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == msg_id:
            return message["content"]


def kernel_by_jupyter_client():
    manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=60)
    try:
        check("language", manager.kernel_spec.language, "typescript")
        check("heartbeat", beating(client), True)
        check("complete", reply(client, client.complete("Math.flo"))["matches"], ["floor"])
        check("is_complete", reply(client, client.is_complete("if (true) {"))["status"], "incomplete")
        check("comm_info", reply(client, client.comm_info()), {"status": "ok", "comms": {}})
        check("history", reply(client, client.history(hist_access_type="tail", n=3))["history"], [])

        reply(client, client.execute("let n = 0;"))
        loop = client.execute("n = 1; console.log('begun'); while (true) n++;")
        queued = client.execute("'never'")
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") == loop and message["msg_type"] == "stream":
                break
        check("heartbeat in a loop", beating(client), True)
        began = time.monotonic()
        manager.interrupt_kernel()
        check("interrupted", reply(client, loop)["ename"], "KeyboardInterrupt")
        if time.monotonic() - began > 5:
            sys.exit("the interrupt took longer than 5 s")
        check("queued behind", reply(client, queued)["status"], "aborted")
        answer = reply(client, client.execute("", user_expressions={"kept": "n > 0"}))
        check("variables kept", answer["user_expressions"]["kept"]["data"]["text/plain"], "true")

        asked = []

        def answer(message):
            asked.append(message["content"]["prompt"])
            client.input("from Python")

        outputs = []
        client.execute_interactive(
            "console.log(prompt('who?'))",
            allow_stdin=True,
            stdin_hook=answer,
            output_hook=lambda message: outputs.append(message["content"].get("text")),
            timeout=60,
        )
        check("question", asked, ["who? "])
        check("answer", [text for text in outputs if text], ["from Python\n"])

        reply(client, client.execute("(globalThis as any)[Symbol.for('Jupyter.comms')].open('t', {}, { id: 'c' });"))
        check("comms", reply(client, client.comm_info())["comms"], {"c": {"target_name": "t"}})
        check("ended process", reply(client, client.execute("process.exit(1)"))["ename"], "ProcessExit")
        check("goes on", reply(client, client.execute("1"))["status"], "ok")

        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        check("restarted", reply(client, client.execute("n"))["ename"], "TS2304")
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    check("ended", manager.is_alive(), False)


notebook_by_nbclient()
kernel_by_jupyter_client()
print("all checks passed")
