// Loaded into the shop: when the demo ends in any way, its channel closes and the shop ends too.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
