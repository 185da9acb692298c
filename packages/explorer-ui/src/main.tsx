import { render } from "preact";
import { App } from "./app.js";
import "./theme/page.css";

render(<App />, document.body);
