CREATE TABLE "knowledge_chunks" (
	"document_id" text NOT NULL,
	"position" integer NOT NULL,
	"owner" text NOT NULL,
	"library" text NOT NULL,
	"starts_at" integer NOT NULL,
	"ends_at" integer NOT NULL,
	"headings" jsonb NOT NULL,
	"text" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"embedder" text,
	CONSTRAINT "knowledge_chunks_document_id_position_pk" PRIMARY KEY("document_id","position")
);
--> statement-breakpoint
-- A database without pgvector does without the column: searches then go by words alone, and all else works.
DO $$ BEGIN
	CREATE EXTENSION IF NOT EXISTS vector;
	ALTER TABLE "knowledge_chunks" ADD COLUMN "embedding" vector;
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege THEN
	RAISE WARNING 'pgvector cannot be had here: knowledge is searched by words alone';
END $$;
--> statement-breakpoint
CREATE TABLE "knowledge_documents" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"library" text NOT NULL,
	"source" text NOT NULL,
	"title" text NOT NULL,
	"media_type" text NOT NULL,
	"text" text NOT NULL,
	"fingerprint" text NOT NULL,
	"chunks" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "knowledge_chunks" ADD CONSTRAINT "knowledge_chunks_document_id_knowledge_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."knowledge_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "knowledge_chunks_owner" ON "knowledge_chunks" USING btree ("owner","library");--> statement-breakpoint
CREATE INDEX "knowledge_chunks_words" ON "knowledge_chunks" USING gin ("words");--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_documents_place" ON "knowledge_documents" USING btree ("owner","library","source");