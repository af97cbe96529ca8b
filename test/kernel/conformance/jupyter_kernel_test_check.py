"""jupyter_kernel_test with this kernel's answers; run by jupyterKernelTest.test.ts with JUPYTER_PATH set."""
import unittest

import jupyter_kernel_test


class LabKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "emtd-lab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oh no')"
    completion_samples = [{"text": "Math.flo", "matches": {"floor"}}]
    complete_code_samples = ["1", "let a = 1;", "function f() {\n  return 1;\n}"]
    incomplete_code_samples = ["for (;;) {", "f(", "const text = `open"]
    invalid_code_samples = ["let = )"]
    code_page_something = "Math.sqrt?"
    code_generate_error = "throw new Error('x')"
    code_execute_result = [{"code": f"{n} + {n}", "result": str(2 * n)} for n in range(1, 5)]
    code_display_data = [
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<i>x</i>' }) });", "mime": "text/html"}
    ]
    code_history_pattern = "1 ? 1"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "clearOutput()"


if __name__ == "__main__":
    unittest.main(verbosity=2)
