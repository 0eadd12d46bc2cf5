"""News over Socket.IO, and the jobs that run beside it."""
