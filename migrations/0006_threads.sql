ALTER TABLE "messages" ADD COLUMN "words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "deletion" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "messages_words" ON "messages" USING gin (to_tsvector('simple', "words"));--> statement-breakpoint
CREATE INDEX "sessions_activity" ON "sessions" USING btree ("last_activity_at");--> statement-breakpoint
UPDATE "messages" SET "words" = lower(coalesce((SELECT string_agg(part ->> 'text', ' ') FROM jsonb_array_elements("message" -> 'parts') AS part WHERE part ->> 'type' = 'text'), ''));
