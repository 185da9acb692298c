/** The trace of the address, beside whatever screen is shown. */
export function TraceDrawer() {
  return null;
}
