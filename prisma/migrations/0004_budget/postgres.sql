CREATE TABLE "BudgetUse" (
    "account" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "microMoney" BIGINT NOT NULL,
    PRIMARY KEY ("account", "day")
);

CREATE INDEX "BudgetUse_day_idx" ON "BudgetUse"("day");
