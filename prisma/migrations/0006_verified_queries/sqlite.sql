ALTER TABLE "Answer" ADD COLUMN "plan" TEXT;

CREATE TABLE "VerifiedQuery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "feedbackId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "catalogVersion" TEXT NOT NULL,
    "approvedBy" TEXT NOT NULL,
    "approvedAt" DATETIME NOT NULL
);

CREATE UNIQUE INDEX "VerifiedQuery_feedbackId_key" ON "VerifiedQuery"("feedbackId");
CREATE INDEX "VerifiedQuery_approvedAt_id_idx" ON "VerifiedQuery"("approvedAt", "id");
