CREATE TABLE "products" (
	"owner" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"price" numeric(14, 2),
	"category" text,
	"attributes" jsonb NOT NULL,
	"available" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"name_text" text NOT NULL,
	"all_text" text NOT NULL,
	"trigrams" text[] NOT NULL,
	CONSTRAINT "products_owner_id_pk" PRIMARY KEY("owner","id")
);
--> statement-breakpoint
CREATE INDEX "products_owner_category" ON "products" USING btree ("owner","category");