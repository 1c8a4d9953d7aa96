-- INSERT OR REPLACE takes a row away without asking the triggers on DELETE.
CREATE TRIGGER "AuditEvent_is_never_replaced" BEFORE INSERT ON "AuditEvent"
WHEN EXISTS (
    SELECT 1 FROM "AuditEvent" WHERE "chain" = NEW."chain" AND "sequence" = NEW."sequence"
)
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;
