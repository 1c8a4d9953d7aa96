-- What compile writes for snowflake.
-- a list over relations, a page of it
SELECT
  "orders"."order_id",
  "orders"."amount",
  "customer"."name" AS "customer",
  "payer_country"."country_name" AS "country"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
LEFT JOIN "country" AS "payer_country" ON "payer_country"."code" = "payer"."country_code"
WHERE "orders"."amount" >= CAST(? AS DECIMAL(4, 1))
ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST
LIMIT 10
OFFSET 5;
-- with ["500.5"]

-- nulls first and last, in both directions
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
ORDER BY "orders"."payer_id" ASC NULLS FIRST, "orders"."amount" DESC NULLS FIRST, "orders"."weight" DESC NULLS LAST, "customer"."name" ASC NULLS LAST, "orders"."order_id" ASC NULLS LAST
LIMIT 300;
-- with []

-- all rows but the first
SELECT "country"."code"
FROM "country"
ORDER BY "country"."code" ASC NULLS LAST
LIMIT NULL
OFFSET 1;
-- with []

-- distinct rows
SELECT DISTINCT
  "customer"."active",
  "customer"."country_code"
FROM "customer"
ORDER BY "customer"."country_code" ASC NULLS LAST, "customer"."active" DESC NULLS LAST;
-- with []

-- the start of each period
SELECT
  "orders"."order_id",
  CAST(DATE_TRUNC('year', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "year",
  CAST(DATE_TRUNC('quarter', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "quarter",
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  CAST(DATE_TRUNC('week', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "week",
  CAST(DATE_TRUNC('day', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "day",
  DATE_TRUNC('hour', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;
-- with []

-- the parts of a time
SELECT
  "orders"."order_id",
  DATE_PART(YEAR, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "year",
  DATE_PART(QUARTER, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "quarter",
  DATE_PART(MONTH, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "month",
  DATE_PART(DAY, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "day",
  DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "day_of_week",
  DATE_PART(HOUR, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;
-- with []

-- periods and parts of a date without a time
SELECT
  "customer"."customer_id",
  CAST(DATE_TRUNC('week', CAST("customer"."born" AS TIMESTAMP_NTZ)) AS DATE) AS "week",
  DATE_PART(HOUR, CAST("customer"."born" AS TIMESTAMP_NTZ)) AS "hour",
  DATE_PART(DAYOFWEEKISO, CAST("customer"."born" AS TIMESTAMP_NTZ)) AS "weekday",
  CAST(DATE_TRUNC('quarter', CAST(CAST(? AS DATE) AS TIMESTAMP_NTZ)) AS DATE) AS "of_a_value"
FROM "customer"
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["2008-05-31"]

-- figures of groups, with conditions
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  COUNT(*) AS "orders",
  COUNT(CASE WHEN "orders"."amount" > CAST(? AS DECIMAL(3, 0)) THEN 1 END) AS "large",
  COUNT(DISTINCT "orders"."customer_id") AS "customers",
  SUM(CASE WHEN "orders"."items" > CAST(? AS INTEGER) THEN "orders"."amount" END) AS "total",
  SUM("orders"."items") AS "items",
  AVG(CAST("orders"."items" AS DOUBLE)) AS "mean_items",
  AVG(CAST("orders"."amount" AS DOUBLE)) AS "mean_amount",
  MIN("orders"."amount") AS "smallest",
  MAX("orders"."ordered_at") AS "latest"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE)
HAVING COUNT(*) >= CAST(? AS BIGINT)
ORDER BY "orders" DESC NULLS LAST, "month" ASC NULLS LAST;
-- with ["900",2,"5"]

-- one row of figures
SELECT
  COUNT(*) AS "orders",
  SUM("orders"."amount") AS "total",
  AVG(CAST("orders"."amount" AS DOUBLE)) AS "mean"
FROM "orders"
WHERE "orders"."ordered_at" < CAST(? AS TIMESTAMP_NTZ);
-- with ["2008-06-30T12:00:00"]

-- groups by what holds a value
SELECT
  ("orders"."items" * CAST(? AS INTEGER)) AS "doubled",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY 1
ORDER BY "doubled" DESC NULLS LAST;
-- with [2]

-- the first and the last of each group
SELECT
  "customer"."name" AS "customer",
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "first_amount",
  MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "last_amount",
  MAX_BY(CASE WHEN "orders"."amount" > CAST(? AS DECIMAL(3, 0)) THEN "orders"."order_id" END, CASE WHEN CASE WHEN "orders"."amount" > CAST(? AS DECIMAL(3, 0)) THEN "orders"."order_id" END IS NOT NULL THEN CASE WHEN "orders"."amount" > CAST(? AS DECIMAL(3, 0)) THEN "orders"."ordered_at" END END) AS "last_large",
  COUNT(*) AS "orders",
  AVG(CAST("orders"."items" AS DOUBLE)) AS "mean_items"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."items" > CAST(? AS INTEGER)
GROUP BY "customer"."name"
HAVING COUNT(*) > CAST(? AS BIGINT)
ORDER BY "last_amount" DESC NULLS LAST, "customer"."name" ASC NULLS LAST
LIMIT 25;
-- with ["500","500","500",1,"3"]

-- the first and last of yes and no
SELECT
  "orders"."items",
  MIN_BY("customer"."active", CASE WHEN "customer"."active" IS NOT NULL THEN "orders"."ordered_at" END) AS "was_active",
  MAX_BY("customer"."active", CASE WHEN "customer"."active" IS NOT NULL THEN "orders"."ordered_at" END) AS "is_active"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;
-- with []

-- the first and last of all, and what has changed
SELECT
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "opened",
  MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "closed",
  (CAST(MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS DOUBLE) / NULLIF(CAST(MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS DOUBLE), 0)) AS "change"
FROM "orders";
-- with []

-- a pick where many are alike gives a value of one of them
SELECT
  "orders"."items",
  MIN_BY("orders"."items", CASE WHEN "orders"."items" IS NOT NULL THEN "orders"."weight" END) AS "same",
  MIN("orders"."items") AS "least"
FROM "orders"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;
-- with []

-- arithmetic, and division that is exact and by nothing null
SELECT
  "orders"."order_id",
  (CAST("orders"."amount" AS DOUBLE) / NULLIF(CAST("orders"."items" AS DOUBLE), 0)) AS "each",
  (CAST("orders"."items" AS DOUBLE) / NULLIF(CAST(CAST(? AS INTEGER) AS DOUBLE), 0)) AS "third",
  ("orders"."amount" * CAST(? AS DECIMAL(3, 2))) AS "taxed",
  ("orders"."amount" - CAST(? AS DECIMAL(3, 2))) AS "less",
  ("orders"."weight" + CAST(? AS DOUBLE)) AS "heavier"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
-- with [3,"1.19","0.01",0.5]

-- a value found by another query
SELECT "orders"."order_id"
FROM "orders"
WHERE "orders"."amount" > (
  SELECT AVG(CAST("orders_2"."amount" AS DOUBLE)) AS "mean"
  FROM "orders" AS "orders_2"
)
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 50;
-- with []

-- a page of each group
SELECT "ranked"."customer_id", "ranked"."order_id", "ranked"."amount"
FROM (
  SELECT
    "orders"."customer_id",
    "orders"."order_id",
    "orders"."amount",
    "orders"."customer_id" AS "group_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "rank_in_group"
  FROM "orders"
  WHERE "orders"."customer_id" IN (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER))
) AS "ranked"
WHERE "ranked"."rank_in_group" > 1 AND "ranked"."rank_in_group" <= 4
ORDER BY "ranked"."group_1" ASC NULLS LAST, "ranked"."rank_in_group" ASC NULLS LAST;
-- with [3,5,8]

-- related rows: some, none, every
SELECT "customer"."customer_id"
FROM "customer"
WHERE ("customer"."customer_id" IS NOT NULL AND "customer"."customer_id" IN (
  SELECT "orders"."customer_id"
  FROM "orders"
  WHERE "orders"."customer_id" IS NOT NULL
    AND "orders"."amount" > CAST(? AS DECIMAL(3, 0))
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_2"."payer_id"
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" IS NOT NULL
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND CASE WHEN "orders_3"."amount" < CAST(? AS DECIMAL(3, 0)) THEN 1 ELSE 0 END = 0
))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["990","985"]

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
WHERE NOT (("payer"."customer_id" IS NOT NULL AND "payer"."customer_id" IN (
  SELECT "orders_2"."payer_id"
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" IS NOT NULL
    AND "orders_2"."amount" > CAST(? AS DECIMAL(3, 0))
)))
  AND ("payer"."customer_id" IS NULL OR "payer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND ("orders_3"."order_id" IS NOT NULL AND "orders_3"."order_id" IN (
    SELECT "order_note"."order_id"
    FROM "order_note"
    WHERE "order_note"."order_id" IS NOT NULL
      AND "order_note"."line" = CAST(? AS INTEGER)
  ))
))
ORDER BY "orders"."order_id" ASC NULLS LAST;
-- with ["985",3]

-- text that holds what LIKE would read as wildcards
SELECT "customer"."customer_id"
FROM "customer"
WHERE "customer"."name" LIKE CAST(? AS VARCHAR) ESCAPE '!' OR "customer"."name" LIKE CAST(? AS VARCHAR) ESCAPE '!' OR "customer"."name" LIKE CAST(? AS VARCHAR) ESCAPE '!'
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%!%!_%","%!! Ltd","%!\\%"]

-- text in large or small letters
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" LIKE CAST(? AS VARCHAR))
  AND LOWER("customer"."name") LIKE CAST(? AS VARCHAR)
  AND NOT (LOWER("customer"."name") = CAST(? AS VARCHAR))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%CUSTOMER 1%","%customer 1%","customer 11"]

-- text in letters that are not ASCII
SELECT "customer"."customer_id"
FROM "customer"
WHERE LOWER("customer"."name") LIKE LOWER(CAST(? AS VARCHAR))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["ÄRGER &%"]

-- the spread and the middle of each group
SELECT
  "orders"."items",
  MEDIAN(CAST("orders"."amount" AS DOUBLE)) AS "middle",
  MEDIAN(CAST(CASE WHEN "orders"."amount" > CAST(? AS DECIMAL(3, 0)) THEN "orders"."weight" END AS DOUBLE)) AS "middle_of_weights",
  STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE)) AS "deviation",
  VAR_SAMP(CAST("orders"."weight" AS DOUBLE)) AS "variance",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY "orders"."items"
HAVING STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE)) > CAST(? AS DOUBLE)
  AND MEDIAN(CAST("orders"."amount" AS DOUBLE)) > CAST(? AS DOUBLE)
  AND "orders"."items" > CAST(? AS INTEGER)
ORDER BY "orders"."items" DESC NULLS FIRST;
-- with ["500",10,10,1]

-- the spread and the middle of all, of one and of none
SELECT
  MEDIAN(CAST("orders"."items" AS DOUBLE)) AS "middle",
  MEDIAN(CAST(CASE WHEN "orders"."items" < CAST(? AS INTEGER) THEN "orders"."amount" END AS DOUBLE)) AS "middle_of_none",
  STDDEV_SAMP(CAST("orders"."weight" AS DOUBLE)) AS "deviation",
  STDDEV_SAMP(CAST(CASE WHEN "orders"."order_id" = CAST(? AS BIGINT) THEN "orders"."amount" END AS DOUBLE)) AS "deviation_of_one",
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "first_amount",
  COUNT(DISTINCT "orders"."customer_id") AS "customers"
FROM "orders";
-- with [0,"9007199254740993"]

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE), DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ))
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) >= CAST(? AS DATE) OR COUNT(*) > CAST(? AS BIGINT) OR DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) = CAST(? AS INTEGER)
ORDER BY "month" ASC NULLS LAST, DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) DESC NULLS LAST;
-- with ["2008-06-01","8",7]

-- rows in the order of figures over their related rows
SELECT
  "customer"."customer_id",
  "country"."country_name" AS "country"
FROM "customer"
LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
LEFT JOIN (
  SELECT
    "orders"."payer_id" AS "figure_key",
    MAX("orders"."amount") AS "figure"
  FROM "orders"
  GROUP BY "orders"."payer_id"
) AS "ordersByPayerId_figure" ON "ordersByPayerId_figure"."figure_key" = "customer"."customer_id"
LEFT JOIN (
  SELECT
    "orders_2"."customer_id" AS "figure_key",
    COUNT(*) AS "figure"
  FROM "orders" AS "orders_2"
  GROUP BY "orders_2"."customer_id"
) AS "ordersByCustomerId_figure" ON "ordersByCustomerId_figure"."figure_key" = "customer"."customer_id"
LEFT JOIN (
  SELECT
    "customer_2"."country_code" AS "figure_key",
    COUNT(DISTINCT "customer_2"."born") AS "figure"
  FROM "customer" AS "customer_2"
  GROUP BY "customer_2"."country_code"
) AS "country_customer_figure" ON "country_customer_figure"."figure_key" = "country"."code"
LEFT JOIN (
  SELECT
    "orders_3"."customer_id" AS "figure_key",
    (CAST(MEDIAN(CAST("orders_3"."items" AS DOUBLE)) AS DOUBLE) / NULLIF(CAST(COUNT(CASE WHEN "orders_3"."amount" > CAST(? AS DECIMAL(3, 0)) THEN 1 END) AS DOUBLE), 0)) AS "figure"
  FROM "orders" AS "orders_3"
  GROUP BY "orders_3"."customer_id"
) AS "ordersByCustomerId_figure_2" ON "ordersByCustomerId_figure_2"."figure_key" = "customer"."customer_id"
ORDER BY "ordersByPayerId_figure"."figure" DESC NULLS FIRST, COALESCE("ordersByCustomerId_figure"."figure", 0) ASC NULLS LAST, COALESCE("country_customer_figure"."figure", 0) DESC NULLS LAST, "ordersByCustomerId_figure_2"."figure" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
LIMIT 30
OFFSET 2;
-- with ["100"]

-- a page of each group, in the order of related figures
SELECT "ranked"."country_code", "ranked"."customer_id"
FROM (
  SELECT
    "customer"."country_code",
    "customer"."customer_id",
    "customer"."country_code" AS "group_1",
    ROW_NUMBER() OVER (PARTITION BY "customer"."country_code" ORDER BY COALESCE("ordersByCustomerId_figure"."figure", 0) DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST) AS "rank_in_group"
  FROM "customer"
  LEFT JOIN (
    SELECT
      "orders"."customer_id" AS "figure_key",
      COUNT(*) AS "figure"
    FROM "orders"
    GROUP BY "orders"."customer_id"
  ) AS "ordersByCustomerId_figure" ON "ordersByCustomerId_figure"."figure_key" = "customer"."customer_id"
) AS "ranked"
WHERE "ranked"."rank_in_group" > 0 AND "ranked"."rank_in_group" <= 3
ORDER BY "ranked"."group_1" ASC NULLS LAST, "ranked"."rank_in_group" ASC NULLS LAST;
-- with []

-- lists and structures
SELECT
  "customer"."customer_id",
  "customer"."tags",
  "customer"."tags" AS "words"
FROM "customer"
WHERE "customer"."tags" IS NOT NULL
ORDER BY "customer"."customer_id" ASC NULLS LAST
LIMIT 5;
-- with []

-- values that are none of some
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" IN (CAST(? AS VARCHAR), CAST(? AS VARCHAR)))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["Customer 3","a\\b"]

-- values of every type
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."order_id" < CAST(? AS BIGINT)
  AND "orders"."amount" <> CAST(? AS DECIMAL(4, 2))
  AND "orders"."weight" <= CAST(? AS DOUBLE)
  AND "orders"."items" > CAST(? AS INTEGER)
  AND "orders"."ordered_at" >= CAST(? AS DATE)
  AND "orders"."ordered_at" < CAST(? AS TIMESTAMP_NTZ)
  AND "customer"."active" = CAST(? AS BOOLEAN)
  AND "customer"."name" <> CAST(? AS VARCHAR)
  AND "orders"."payer_id" IS NOT NULL
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
-- with ["9007199254741500","12.37",7.5,0,"2007-12-01","2008-12-31T23:59:59.999999",true,"O'Neil; DROP TABLE orders; -- \\"]

-- The same with the values in the text.
-- a list over relations, a page of it
SELECT
  "orders"."order_id",
  "orders"."amount",
  "customer"."name" AS "customer",
  "payer_country"."country_name" AS "country"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
LEFT JOIN "country" AS "payer_country" ON "payer_country"."code" = "payer"."country_code"
WHERE "orders"."amount" >= 500.5
ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST
LIMIT 10
OFFSET 5;

-- nulls first and last, in both directions
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
ORDER BY "orders"."payer_id" ASC NULLS FIRST, "orders"."amount" DESC NULLS FIRST, "orders"."weight" DESC NULLS LAST, "customer"."name" ASC NULLS LAST, "orders"."order_id" ASC NULLS LAST
LIMIT 300;

-- all rows but the first
SELECT "country"."code"
FROM "country"
ORDER BY "country"."code" ASC NULLS LAST
LIMIT NULL
OFFSET 1;

-- distinct rows
SELECT DISTINCT
  "customer"."active",
  "customer"."country_code"
FROM "customer"
ORDER BY "customer"."country_code" ASC NULLS LAST, "customer"."active" DESC NULLS LAST;

-- the start of each period
SELECT
  "orders"."order_id",
  CAST(DATE_TRUNC('year', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "year",
  CAST(DATE_TRUNC('quarter', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "quarter",
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  CAST(DATE_TRUNC('week', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "week",
  CAST(DATE_TRUNC('day', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "day",
  DATE_TRUNC('hour', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;

-- the parts of a time
SELECT
  "orders"."order_id",
  DATE_PART(YEAR, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "year",
  DATE_PART(QUARTER, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "quarter",
  DATE_PART(MONTH, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "month",
  DATE_PART(DAY, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "day",
  DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "day_of_week",
  DATE_PART(HOUR, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;

-- periods and parts of a date without a time
SELECT
  "customer"."customer_id",
  CAST(DATE_TRUNC('week', CAST("customer"."born" AS TIMESTAMP_NTZ)) AS DATE) AS "week",
  DATE_PART(HOUR, CAST("customer"."born" AS TIMESTAMP_NTZ)) AS "hour",
  DATE_PART(DAYOFWEEKISO, CAST("customer"."born" AS TIMESTAMP_NTZ)) AS "weekday",
  CAST(DATE_TRUNC('quarter', CAST(DATE '2008-05-31' AS TIMESTAMP_NTZ)) AS DATE) AS "of_a_value"
FROM "customer"
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- figures of groups, with conditions
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  COUNT(*) AS "orders",
  COUNT(CASE WHEN "orders"."amount" > 900 THEN 1 END) AS "large",
  COUNT(DISTINCT "orders"."customer_id") AS "customers",
  SUM(CASE WHEN "orders"."items" > 2 THEN "orders"."amount" END) AS "total",
  SUM("orders"."items") AS "items",
  AVG(CAST("orders"."items" AS DOUBLE)) AS "mean_items",
  AVG(CAST("orders"."amount" AS DOUBLE)) AS "mean_amount",
  MIN("orders"."amount") AS "smallest",
  MAX("orders"."ordered_at") AS "latest"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE)
HAVING COUNT(*) >= 5
ORDER BY "orders" DESC NULLS LAST, "month" ASC NULLS LAST;

-- one row of figures
SELECT
  COUNT(*) AS "orders",
  SUM("orders"."amount") AS "total",
  AVG(CAST("orders"."amount" AS DOUBLE)) AS "mean"
FROM "orders"
WHERE "orders"."ordered_at" < TIMESTAMP '2008-06-30 12:00:00';

-- groups by what holds a value
SELECT
  ("orders"."items" * 2) AS "doubled",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY 1
ORDER BY "doubled" DESC NULLS LAST;

-- the first and the last of each group
SELECT
  "customer"."name" AS "customer",
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "first_amount",
  MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "last_amount",
  MAX_BY(CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END, CASE WHEN CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END IS NOT NULL THEN CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END END) AS "last_large",
  COUNT(*) AS "orders",
  AVG(CAST("orders"."items" AS DOUBLE)) AS "mean_items"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."items" > 1
GROUP BY "customer"."name"
HAVING COUNT(*) > 3
ORDER BY "last_amount" DESC NULLS LAST, "customer"."name" ASC NULLS LAST
LIMIT 25;

-- the first and last of yes and no
SELECT
  "orders"."items",
  MIN_BY("customer"."active", CASE WHEN "customer"."active" IS NOT NULL THEN "orders"."ordered_at" END) AS "was_active",
  MAX_BY("customer"."active", CASE WHEN "customer"."active" IS NOT NULL THEN "orders"."ordered_at" END) AS "is_active"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;

-- the first and last of all, and what has changed
SELECT
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "opened",
  MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "closed",
  (CAST(MAX_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS DOUBLE) / NULLIF(CAST(MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS DOUBLE), 0)) AS "change"
FROM "orders";

-- a pick where many are alike gives a value of one of them
SELECT
  "orders"."items",
  MIN_BY("orders"."items", CASE WHEN "orders"."items" IS NOT NULL THEN "orders"."weight" END) AS "same",
  MIN("orders"."items") AS "least"
FROM "orders"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;

-- arithmetic, and division that is exact and by nothing null
SELECT
  "orders"."order_id",
  (CAST("orders"."amount" AS DOUBLE) / NULLIF(CAST("orders"."items" AS DOUBLE), 0)) AS "each",
  (CAST("orders"."items" AS DOUBLE) / NULLIF(CAST(3 AS DOUBLE), 0)) AS "third",
  ("orders"."amount" * 1.19) AS "taxed",
  ("orders"."amount" - 0.01) AS "less",
  ("orders"."weight" + 0.5) AS "heavier"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;

-- a value found by another query
SELECT "orders"."order_id"
FROM "orders"
WHERE "orders"."amount" > (
  SELECT AVG(CAST("orders_2"."amount" AS DOUBLE)) AS "mean"
  FROM "orders" AS "orders_2"
)
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 50;

-- a page of each group
SELECT "ranked"."customer_id", "ranked"."order_id", "ranked"."amount"
FROM (
  SELECT
    "orders"."customer_id",
    "orders"."order_id",
    "orders"."amount",
    "orders"."customer_id" AS "group_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "rank_in_group"
  FROM "orders"
  WHERE "orders"."customer_id" IN (3, 5, 8)
) AS "ranked"
WHERE "ranked"."rank_in_group" > 1 AND "ranked"."rank_in_group" <= 4
ORDER BY "ranked"."group_1" ASC NULLS LAST, "ranked"."rank_in_group" ASC NULLS LAST;

-- related rows: some, none, every
SELECT "customer"."customer_id"
FROM "customer"
WHERE ("customer"."customer_id" IS NOT NULL AND "customer"."customer_id" IN (
  SELECT "orders"."customer_id"
  FROM "orders"
  WHERE "orders"."customer_id" IS NOT NULL
    AND "orders"."amount" > 990
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_2"."payer_id"
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" IS NOT NULL
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND CASE WHEN "orders_3"."amount" < 985 THEN 1 ELSE 0 END = 0
))
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
WHERE NOT (("payer"."customer_id" IS NOT NULL AND "payer"."customer_id" IN (
  SELECT "orders_2"."payer_id"
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" IS NOT NULL
    AND "orders_2"."amount" > 985
)))
  AND ("payer"."customer_id" IS NULL OR "payer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND ("orders_3"."order_id" IS NOT NULL AND "orders_3"."order_id" IN (
    SELECT "order_note"."order_id"
    FROM "order_note"
    WHERE "order_note"."order_id" IS NOT NULL
      AND "order_note"."line" = 3
  ))
))
ORDER BY "orders"."order_id" ASC NULLS LAST;

-- text that holds what LIKE would read as wildcards
SELECT "customer"."customer_id"
FROM "customer"
WHERE "customer"."name" LIKE '%!%!_%' ESCAPE '!' OR "customer"."name" LIKE '%!! Ltd' ESCAPE '!' OR "customer"."name" LIKE '%!\\%' ESCAPE '!'
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- text in large or small letters
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" LIKE '%CUSTOMER 1%')
  AND LOWER("customer"."name") LIKE '%customer 1%'
  AND NOT (LOWER("customer"."name") = 'customer 11')
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- text in letters that are not ASCII
SELECT "customer"."customer_id"
FROM "customer"
WHERE LOWER("customer"."name") LIKE LOWER('ÄRGER &%')
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- the spread and the middle of each group
SELECT
  "orders"."items",
  MEDIAN(CAST("orders"."amount" AS DOUBLE)) AS "middle",
  MEDIAN(CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE)) AS "middle_of_weights",
  STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE)) AS "deviation",
  VAR_SAMP(CAST("orders"."weight" AS DOUBLE)) AS "variance",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY "orders"."items"
HAVING STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE)) > 10
  AND MEDIAN(CAST("orders"."amount" AS DOUBLE)) > 10
  AND "orders"."items" > 1
ORDER BY "orders"."items" DESC NULLS FIRST;

-- the spread and the middle of all, of one and of none
SELECT
  MEDIAN(CAST("orders"."items" AS DOUBLE)) AS "middle",
  MEDIAN(CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE)) AS "middle_of_none",
  STDDEV_SAMP(CAST("orders"."weight" AS DOUBLE)) AS "deviation",
  STDDEV_SAMP(CAST(CASE WHEN "orders"."order_id" = 9007199254740993 THEN "orders"."amount" END AS DOUBLE)) AS "deviation_of_one",
  MIN_BY("orders"."amount", CASE WHEN "orders"."amount" IS NOT NULL THEN "orders"."ordered_at" END) AS "first_amount",
  COUNT(DISTINCT "orders"."customer_id") AS "customers"
FROM "orders";

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE), DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ))
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) AS DATE) >= DATE '2008-06-01' OR COUNT(*) > 8 OR DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) = 7
ORDER BY "month" ASC NULLS LAST, DATE_PART(DAYOFWEEKISO, CAST("orders"."ordered_at" AS TIMESTAMP_NTZ)) DESC NULLS LAST;

-- rows in the order of figures over their related rows
SELECT
  "customer"."customer_id",
  "country"."country_name" AS "country"
FROM "customer"
LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
LEFT JOIN (
  SELECT
    "orders"."payer_id" AS "figure_key",
    MAX("orders"."amount") AS "figure"
  FROM "orders"
  GROUP BY "orders"."payer_id"
) AS "ordersByPayerId_figure" ON "ordersByPayerId_figure"."figure_key" = "customer"."customer_id"
LEFT JOIN (
  SELECT
    "orders_2"."customer_id" AS "figure_key",
    COUNT(*) AS "figure"
  FROM "orders" AS "orders_2"
  GROUP BY "orders_2"."customer_id"
) AS "ordersByCustomerId_figure" ON "ordersByCustomerId_figure"."figure_key" = "customer"."customer_id"
LEFT JOIN (
  SELECT
    "customer_2"."country_code" AS "figure_key",
    COUNT(DISTINCT "customer_2"."born") AS "figure"
  FROM "customer" AS "customer_2"
  GROUP BY "customer_2"."country_code"
) AS "country_customer_figure" ON "country_customer_figure"."figure_key" = "country"."code"
LEFT JOIN (
  SELECT
    "orders_3"."customer_id" AS "figure_key",
    (CAST(MEDIAN(CAST("orders_3"."items" AS DOUBLE)) AS DOUBLE) / NULLIF(CAST(COUNT(CASE WHEN "orders_3"."amount" > 100 THEN 1 END) AS DOUBLE), 0)) AS "figure"
  FROM "orders" AS "orders_3"
  GROUP BY "orders_3"."customer_id"
) AS "ordersByCustomerId_figure_2" ON "ordersByCustomerId_figure_2"."figure_key" = "customer"."customer_id"
ORDER BY "ordersByPayerId_figure"."figure" DESC NULLS FIRST, COALESCE("ordersByCustomerId_figure"."figure", 0) ASC NULLS LAST, COALESCE("country_customer_figure"."figure", 0) DESC NULLS LAST, "ordersByCustomerId_figure_2"."figure" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
LIMIT 30
OFFSET 2;

-- a page of each group, in the order of related figures
SELECT "ranked"."country_code", "ranked"."customer_id"
FROM (
  SELECT
    "customer"."country_code",
    "customer"."customer_id",
    "customer"."country_code" AS "group_1",
    ROW_NUMBER() OVER (PARTITION BY "customer"."country_code" ORDER BY COALESCE("ordersByCustomerId_figure"."figure", 0) DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST) AS "rank_in_group"
  FROM "customer"
  LEFT JOIN (
    SELECT
      "orders"."customer_id" AS "figure_key",
      COUNT(*) AS "figure"
    FROM "orders"
    GROUP BY "orders"."customer_id"
  ) AS "ordersByCustomerId_figure" ON "ordersByCustomerId_figure"."figure_key" = "customer"."customer_id"
) AS "ranked"
WHERE "ranked"."rank_in_group" > 0 AND "ranked"."rank_in_group" <= 3
ORDER BY "ranked"."group_1" ASC NULLS LAST, "ranked"."rank_in_group" ASC NULLS LAST;

-- lists and structures
SELECT
  "customer"."customer_id",
  "customer"."tags",
  "customer"."tags" AS "words"
FROM "customer"
WHERE "customer"."tags" IS NOT NULL
ORDER BY "customer"."customer_id" ASC NULLS LAST
LIMIT 5;

-- values that are none of some
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" IN ('Customer 3', 'a\\b'))
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- values of every type
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."order_id" < 9007199254741500
  AND "orders"."amount" <> 12.37
  AND "orders"."weight" <= 7.5
  AND "orders"."items" > 0
  AND "orders"."ordered_at" >= DATE '2007-12-01'
  AND "orders"."ordered_at" < TIMESTAMP '2008-12-31 23:59:59.999999'
  AND "customer"."active" = true
  AND "customer"."name" <> 'O''Neil; DROP TABLE orders; -- \\'
  AND "orders"."payer_id" IS NOT NULL
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
