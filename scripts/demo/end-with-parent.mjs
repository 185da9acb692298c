// Loaded into the shop: when the demo dies, however it dies, its channel closes and the shop ends too.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
