// The command's former name.
import "./run.mjs";
