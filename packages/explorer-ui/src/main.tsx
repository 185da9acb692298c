import { render } from "preact";
import { App } from "./app.js";
import { areKeysOn } from "./keys/are-keys-on.js";
import { followKeys } from "./keys/keys.js";
import { followStream } from "./live/connection.js";
import "./theme/page.css";
import { followTheme } from "./theme/theme.js";
import { followAddress } from "./url/address.js";

followTheme();
followAddress();
followKeys(() => areKeysOn.value);
followStream();
render(<App />, document.body);
