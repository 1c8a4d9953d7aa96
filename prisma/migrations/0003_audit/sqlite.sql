CREATE TABLE "AuditEvent" (
    "chain" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
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
    "chain" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    PRIMARY KEY ("chain", "sequence")
);

-- What is on record is neither changed nor taken away, but for what a checkpoint has cut off.
CREATE TRIGGER "AuditEvent_is_never_changed" BEFORE UPDATE ON "AuditEvent"
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;

CREATE TRIGGER "AuditEvent_is_deleted_by_checkpoint_only" BEFORE DELETE ON "AuditEvent"
WHEN NOT EXISTS (
    SELECT 1 FROM "AuditCheckpoint" WHERE "chain" = OLD."chain" AND "sequence" >= OLD."sequence"
)
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;

CREATE TRIGGER "AuditCheckpoint_is_never_changed" BEFORE UPDATE ON "AuditCheckpoint"
BEGIN
    SELECT RAISE(ABORT, 'audit checkpoints are append-only');
END;

CREATE TRIGGER "AuditCheckpoint_is_never_deleted" BEFORE DELETE ON "AuditCheckpoint"
BEGIN
    SELECT RAISE(ABORT, 'audit checkpoints are append-only');
END;
