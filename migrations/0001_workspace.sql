CREATE SEQUENCE "public"."workspace_version" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "workspace_files" (
	"owner" text NOT NULL,
	"path" text NOT NULL,
	"version" bigint NOT NULL,
	"text" text,
	"bytes" "bytea",
	"size_bytes" integer NOT NULL,
	"media_type" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "workspace_files_owner_path_pk" PRIMARY KEY("owner","path")
);
--> statement-breakpoint
CREATE TABLE "workspace_past" (
	"owner" text NOT NULL,
	"path" text NOT NULL,
	"version" bigint NOT NULL,
	"text" text,
	"bytes" "bytea",
	"size_bytes" integer NOT NULL,
	"media_type" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "workspace_past_version_pk" PRIMARY KEY("version")
);
--> statement-breakpoint
CREATE INDEX "workspace_past_owner_path" ON "workspace_past" USING btree ("owner","path");