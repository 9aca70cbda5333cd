ALTER TABLE "sessions" ADD COLUMN "memory_tokens" integer;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "prompt" text;