CREATE TABLE "AuditEvent" (
    "chain" TEXT COLLATE "C" NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "domain" TEXT,
    "hash" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    PRIMARY KEY ("chain", "sequence")
);

CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");
CREATE INDEX "AuditEvent_requestId_idx" ON "AuditEvent"("requestId");
CREATE INDEX "AuditEvent_subject_at_idx" ON "AuditEvent"("subject", "at");

CREATE TABLE "AuditCheckpoint" (
    "chain" TEXT COLLATE "C" NOT NULL,
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    PRIMARY KEY ("chain", "sequence")
);

-- What is on record is neither changed nor taken away, but for what a checkpoint has cut off. The triggers fire for
-- everybody, whatever session_replication_role says; who owns the tables can take them away.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE FUNCTION "refuse_audit_deletion"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_uncovered BOOLEAN;
BEGIN
    -- The checkpoints beside the table, and no temporary table of that name.
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM deleted AS d WHERE NOT EXISTS (
            SELECT 1 FROM %I."AuditCheckpoint" AS c WHERE c."chain" = d."chain" AND c."sequence" >= d."sequence"))',
        TG_TABLE_SCHEMA
    ) INTO is_uncovered;
    IF is_uncovered THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "AuditEvent_is_never_changed" BEFORE UPDATE OR TRUNCATE ON "AuditEvent"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "AuditEvent_is_deleted_by_checkpoint_only" AFTER DELETE ON "AuditEvent"
    REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_deletion"();
CREATE TRIGGER "AuditCheckpoint_is_never_changed" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditCheckpoint"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_is_never_changed";
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "AuditEvent_is_deleted_by_checkpoint_only";
ALTER TABLE "AuditCheckpoint" ENABLE ALWAYS TRIGGER "AuditCheckpoint_is_never_changed";
