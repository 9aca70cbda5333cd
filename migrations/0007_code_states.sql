CREATE TABLE "code_states" (
	"owner" text NOT NULL,
	"session" text NOT NULL,
	"runs" integer NOT NULL,
	"state" "bytea" NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "code_states_owner_session_pk" PRIMARY KEY("owner","session")
);
--> statement-breakpoint
CREATE INDEX "code_states_updated_at" ON "code_states" USING btree ("updated_at");