// Our sources and cli-table3 both load string-width, which is CommonJS. When the test runner imports both at the same
// moment, node 20 now and then gives one of them a module that is still being loaded ("ansiRegex is not a function").
import "string-width";
import "cli-table3";
