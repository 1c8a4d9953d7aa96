CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL
);

CREATE UNIQUE INDEX "Conversation_id_subject_key" ON "Conversation"("id", "subject");
CREATE INDEX "Conversation_subject_createdAt_id_idx" ON "Conversation"("subject", "createdAt", "id");

CREATE TABLE "Answer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "status" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "planner" TEXT NOT NULL,
    "policyDigest" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    FOREIGN KEY ("conversationId", "subject") REFERENCES "Conversation" ("id", "subject")
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "Answer_id_subject_key" ON "Answer"("id", "subject");
CREATE INDEX "Answer_conversationId_createdAt_id_idx" ON "Answer"("conversationId", "createdAt", "id");

CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "answerId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "right" BOOLEAN NOT NULL,
    "comment" TEXT,
    "correctedQuery" TEXT,
    "language" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    FOREIGN KEY ("answerId", "subject") REFERENCES "Answer" ("id", "subject")
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "Feedback_answerId_idx" ON "Feedback"("answerId");
