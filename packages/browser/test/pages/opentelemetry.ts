import * as api from "@opentelemetry/api";
import { StackContextManager, WebTracerProvider } from "@opentelemetry/sdk-trace-web";

const provider = new WebTracerProvider();
provider.register({ contextManager: new StackContextManager() });

Object.assign(globalThis, { opentelemetry: api });
