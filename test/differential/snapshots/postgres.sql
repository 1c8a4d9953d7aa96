-- What compile writes for postgres.
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
WHERE "orders"."amount" >= CAST($1 AS NUMERIC)
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
  CAST(DATE_TRUNC('year', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "year",
  CAST(DATE_TRUNC('quarter', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "quarter",
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  CAST(DATE_TRUNC('week', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "week",
  CAST(DATE_TRUNC('day', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "day",
  DATE_TRUNC('hour', CAST("orders"."ordered_at" AS TIMESTAMP)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;
-- with []

-- the parts of a time
SELECT
  "orders"."order_id",
  CAST(EXTRACT(year FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "year",
  CAST(EXTRACT(quarter FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "quarter",
  CAST(EXTRACT(month FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "month",
  CAST(EXTRACT(day FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "day",
  CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "day_of_week",
  CAST(EXTRACT(hour FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;
-- with []

-- periods and parts of a date without a time
SELECT
  "customer"."customer_id",
  CAST(DATE_TRUNC('week', CAST("customer"."born" AS TIMESTAMP)) AS DATE) AS "week",
  CAST(EXTRACT(hour FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) AS "hour",
  CAST(EXTRACT(isodow FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) AS "weekday",
  CAST(DATE_TRUNC('quarter', CAST(CAST($1 AS DATE) AS TIMESTAMP)) AS DATE) AS "of_a_value"
FROM "customer"
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["2008-05-31"]

-- figures of groups, with conditions
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders",
  COUNT(CASE WHEN "orders"."amount" > CAST($1 AS NUMERIC) THEN 1 END) AS "large",
  COUNT(DISTINCT "orders"."customer_id") AS "customers",
  SUM(CASE WHEN "orders"."items" > CAST($2 AS INTEGER) THEN "orders"."amount" END) AS "total",
  SUM("orders"."items") AS "items",
  AVG("orders"."items") AS "mean_items",
  AVG("orders"."amount") AS "mean_amount",
  MIN("orders"."amount") AS "smallest",
  MAX("orders"."ordered_at") AS "latest"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE)
HAVING COUNT(*) >= CAST($3 AS BIGINT)
ORDER BY "orders" DESC NULLS LAST, "month" ASC NULLS LAST;
-- with ["900",2,"5"]

-- one row of figures
SELECT
  COUNT(*) AS "orders",
  SUM("orders"."amount") AS "total",
  AVG("orders"."amount") AS "mean"
FROM "orders"
WHERE "orders"."ordered_at" < CAST($1 AS TIMESTAMP);
-- with ["2008-06-30T12:00:00"]

-- groups by what holds a value
SELECT
  ("orders"."items" * CAST($1 AS INTEGER)) AS "doubled",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY 1
ORDER BY "doubled" DESC NULLS LAST;
-- with [2]

-- the first and the last of each group
SELECT
  "customer"."name" AS "customer",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "first_amount",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "last_amount",
  (ARRAY_AGG(CASE WHEN "orders"."amount" > CAST($1 AS NUMERIC) THEN "orders"."order_id" END ORDER BY CASE WHEN "orders"."amount" > CAST($2 AS NUMERIC) THEN "orders"."ordered_at" END DESC, CASE WHEN "orders"."amount" > CAST($1 AS NUMERIC) THEN "orders"."order_id" END ASC) FILTER (WHERE CASE WHEN "orders"."amount" > CAST($1 AS NUMERIC) THEN "orders"."order_id" END IS NOT NULL AND CASE WHEN "orders"."amount" > CAST($2 AS NUMERIC) THEN "orders"."ordered_at" END IS NOT NULL))[1] AS "last_large",
  COUNT(*) AS "orders",
  AVG("orders"."items") AS "mean_items"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."items" > CAST($3 AS INTEGER)
GROUP BY "customer"."name"
HAVING COUNT(*) > CAST($4 AS BIGINT)
ORDER BY "last_amount" DESC NULLS LAST, "customer"."name" ASC NULLS LAST
LIMIT 25;
-- with ["500","500",1,"3"]

-- the first and last of yes and no
SELECT
  "orders"."items",
  (ARRAY_AGG("customer"."active" ORDER BY "orders"."ordered_at" ASC, "customer"."active" ASC) FILTER (WHERE "customer"."active" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "was_active",
  (ARRAY_AGG("customer"."active" ORDER BY "orders"."ordered_at" DESC, "customer"."active" ASC) FILTER (WHERE "customer"."active" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "is_active"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;
-- with []

-- the first and last of all, and what has changed
SELECT
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "opened",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "closed",
  (CAST((ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS DOUBLE PRECISION) / NULLIF(CAST((ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS DOUBLE PRECISION), 0)) AS "change"
FROM "orders";
-- with []

-- a pick where many are alike gives a value of one of them
SELECT
  "orders"."items",
  (ARRAY_AGG("orders"."items" ORDER BY "orders"."weight" ASC, "orders"."items" ASC) FILTER (WHERE "orders"."items" IS NOT NULL AND "orders"."weight" IS NOT NULL))[1] AS "same",
  MIN("orders"."items") AS "least"
FROM "orders"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;
-- with []

-- arithmetic, and division that is exact and by nothing null
SELECT
  "orders"."order_id",
  (CAST("orders"."amount" AS DOUBLE PRECISION) / NULLIF(CAST("orders"."items" AS DOUBLE PRECISION), 0)) AS "each",
  (CAST("orders"."items" AS DOUBLE PRECISION) / NULLIF(CAST(CAST($1 AS INTEGER) AS DOUBLE PRECISION), 0)) AS "third",
  ("orders"."amount" * CAST($2 AS NUMERIC)) AS "taxed",
  ("orders"."amount" - CAST($3 AS NUMERIC)) AS "less",
  ("orders"."weight" + CAST($4 AS DOUBLE PRECISION)) AS "heavier"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
-- with [3,"1.19","0.01",0.5]

-- a value found by another query
SELECT "orders"."order_id"
FROM "orders"
WHERE "orders"."amount" > (
  SELECT AVG("orders_2"."amount") AS "mean"
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
  WHERE "orders"."customer_id" = ANY(CAST($1 AS INTEGER[]))
) AS "ranked"
WHERE "ranked"."rank_in_group" > 1 AND "ranked"."rank_in_group" <= 4
ORDER BY "ranked"."group_1" ASC NULLS LAST, "ranked"."rank_in_group" ASC NULLS LAST;
-- with ["{3,5,8}"]

-- related rows: some, none, every
SELECT "customer"."customer_id"
FROM "customer"
WHERE EXISTS (
  SELECT 1
  FROM "orders"
  WHERE "orders"."customer_id" = "customer"."customer_id"
    AND "orders"."amount" > CAST($1 AS NUMERIC)
) OR NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" = "customer"."customer_id"
) OR NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" = "customer"."customer_id"
    AND CASE WHEN "orders_3"."amount" < CAST($2 AS NUMERIC) THEN 1 ELSE 0 END = 0
)
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["990","985"]

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
WHERE NOT (EXISTS (
  SELECT 1
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" = "payer"."customer_id"
    AND "orders_2"."amount" > CAST($1 AS NUMERIC)
))
  AND NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" = "payer"."customer_id"
    AND EXISTS (
    SELECT 1
    FROM "order_note"
    WHERE "order_note"."order_id" = "orders_3"."order_id"
      AND "order_note"."line" = CAST($2 AS INTEGER)
  )
)
ORDER BY "orders"."order_id" ASC NULLS LAST;
-- with ["985",3]

-- text that holds what LIKE would read as wildcards
SELECT "customer"."customer_id"
FROM "customer"
WHERE "customer"."name" LIKE $1 ESCAPE '!' OR "customer"."name" LIKE $2 ESCAPE '!' OR "customer"."name" LIKE $3 ESCAPE '!'
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%!%!_%","%!! Ltd","%!\\%"]

-- text in large or small letters
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" LIKE $1)
  AND LOWER("customer"."name") LIKE $2
  AND NOT (LOWER("customer"."name") = $3)
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%CUSTOMER 1%","%customer 1%","customer 11"]

-- text in letters that are not ASCII
SELECT "customer"."customer_id"
FROM "customer"
WHERE LOWER("customer"."name") LIKE LOWER($1)
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["ÄRGER &%"]

-- the spread and the middle of each group
SELECT
  "orders"."items",
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."amount" AS DOUBLE PRECISION)) AS "middle",
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(CASE WHEN "orders"."amount" > CAST($1 AS NUMERIC) THEN "orders"."weight" END AS DOUBLE PRECISION)) AS "middle_of_weights",
  STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "deviation",
  VAR_SAMP(CAST("orders"."weight" AS DOUBLE PRECISION)) AS "variance",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY "orders"."items"
HAVING STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE PRECISION)) > CAST($2 AS DOUBLE PRECISION)
  AND PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."amount" AS DOUBLE PRECISION)) > CAST($3 AS DOUBLE PRECISION)
  AND "orders"."items" > CAST($4 AS INTEGER)
ORDER BY "orders"."items" DESC NULLS FIRST;
-- with ["500",10,10,1]

-- the spread and the middle of all, of one and of none
SELECT
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."items" AS DOUBLE PRECISION)) AS "middle",
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(CASE WHEN "orders"."items" < CAST($1 AS INTEGER) THEN "orders"."amount" END AS DOUBLE PRECISION)) AS "middle_of_none",
  STDDEV_SAMP(CAST("orders"."weight" AS DOUBLE PRECISION)) AS "deviation",
  STDDEV_SAMP(CAST(CASE WHEN "orders"."order_id" = CAST($2 AS BIGINT) THEN "orders"."amount" END AS DOUBLE PRECISION)) AS "deviation_of_one",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "first_amount",
  COUNT(DISTINCT "orders"."customer_id") AS "customers"
FROM "orders";
-- with [0,"9007199254740993"]

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE), CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER)
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) >= CAST($1 AS DATE) OR COUNT(*) > CAST($2 AS BIGINT) OR CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) = CAST($3 AS INTEGER)
ORDER BY "month" ASC NULLS LAST, CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) DESC NULLS LAST;
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
    (CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders_3"."items" AS DOUBLE PRECISION)) AS DOUBLE PRECISION) / NULLIF(CAST(COUNT(CASE WHEN "orders_3"."amount" > CAST($1 AS NUMERIC) THEN 1 END) AS DOUBLE PRECISION), 0)) AS "figure"
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
WHERE NOT ("customer"."name" = ANY($1))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["{\"Customer 3\",\"a\\\\b\"}"]

-- values of every type
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."order_id" < CAST($1 AS BIGINT)
  AND "orders"."amount" <> CAST($2 AS NUMERIC)
  AND "orders"."weight" <= CAST($3 AS DOUBLE PRECISION)
  AND "orders"."items" > CAST($4 AS INTEGER)
  AND "orders"."ordered_at" >= CAST($5 AS DATE)
  AND "orders"."ordered_at" < CAST($6 AS TIMESTAMP)
  AND "customer"."active" = CAST($7 AS BOOLEAN)
  AND "customer"."name" <> $8
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
  CAST(DATE_TRUNC('year', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "year",
  CAST(DATE_TRUNC('quarter', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "quarter",
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  CAST(DATE_TRUNC('week', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "week",
  CAST(DATE_TRUNC('day', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "day",
  DATE_TRUNC('hour', CAST("orders"."ordered_at" AS TIMESTAMP)) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;

-- the parts of a time
SELECT
  "orders"."order_id",
  CAST(EXTRACT(year FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "year",
  CAST(EXTRACT(quarter FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "quarter",
  CAST(EXTRACT(month FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "month",
  CAST(EXTRACT(day FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "day",
  CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "day_of_week",
  CAST(EXTRACT(hour FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;

-- periods and parts of a date without a time
SELECT
  "customer"."customer_id",
  CAST(DATE_TRUNC('week', CAST("customer"."born" AS TIMESTAMP)) AS DATE) AS "week",
  CAST(EXTRACT(hour FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) AS "hour",
  CAST(EXTRACT(isodow FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) AS "weekday",
  CAST(DATE_TRUNC('quarter', CAST(DATE '2008-05-31' AS TIMESTAMP)) AS DATE) AS "of_a_value"
FROM "customer"
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- figures of groups, with conditions
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders",
  COUNT(CASE WHEN "orders"."amount" > 900 THEN 1 END) AS "large",
  COUNT(DISTINCT "orders"."customer_id") AS "customers",
  SUM(CASE WHEN "orders"."items" > 2 THEN "orders"."amount" END) AS "total",
  SUM("orders"."items") AS "items",
  AVG("orders"."items") AS "mean_items",
  AVG("orders"."amount") AS "mean_amount",
  MIN("orders"."amount") AS "smallest",
  MAX("orders"."ordered_at") AS "latest"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE)
HAVING COUNT(*) >= 5
ORDER BY "orders" DESC NULLS LAST, "month" ASC NULLS LAST;

-- one row of figures
SELECT
  COUNT(*) AS "orders",
  SUM("orders"."amount") AS "total",
  AVG("orders"."amount") AS "mean"
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
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "first_amount",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "last_amount",
  (ARRAY_AGG(CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END ORDER BY CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END DESC, CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END ASC) FILTER (WHERE CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END IS NOT NULL AND CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END IS NOT NULL))[1] AS "last_large",
  COUNT(*) AS "orders",
  AVG("orders"."items") AS "mean_items"
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
  (ARRAY_AGG("customer"."active" ORDER BY "orders"."ordered_at" ASC, "customer"."active" ASC) FILTER (WHERE "customer"."active" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "was_active",
  (ARRAY_AGG("customer"."active" ORDER BY "orders"."ordered_at" DESC, "customer"."active" ASC) FILTER (WHERE "customer"."active" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "is_active"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;

-- the first and last of all, and what has changed
SELECT
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "opened",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "closed",
  (CAST((ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" DESC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS DOUBLE PRECISION) / NULLIF(CAST((ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS DOUBLE PRECISION), 0)) AS "change"
FROM "orders";

-- a pick where many are alike gives a value of one of them
SELECT
  "orders"."items",
  (ARRAY_AGG("orders"."items" ORDER BY "orders"."weight" ASC, "orders"."items" ASC) FILTER (WHERE "orders"."items" IS NOT NULL AND "orders"."weight" IS NOT NULL))[1] AS "same",
  MIN("orders"."items") AS "least"
FROM "orders"
GROUP BY "orders"."items"
ORDER BY "orders"."items" ASC NULLS LAST;

-- arithmetic, and division that is exact and by nothing null
SELECT
  "orders"."order_id",
  (CAST("orders"."amount" AS DOUBLE PRECISION) / NULLIF(CAST("orders"."items" AS DOUBLE PRECISION), 0)) AS "each",
  (CAST("orders"."items" AS DOUBLE PRECISION) / NULLIF(CAST(3 AS DOUBLE PRECISION), 0)) AS "third",
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
  SELECT AVG("orders_2"."amount") AS "mean"
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
WHERE EXISTS (
  SELECT 1
  FROM "orders"
  WHERE "orders"."customer_id" = "customer"."customer_id"
    AND "orders"."amount" > 990
) OR NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" = "customer"."customer_id"
) OR NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" = "customer"."customer_id"
    AND CASE WHEN "orders_3"."amount" < 985 THEN 1 ELSE 0 END = 0
)
ORDER BY "customer"."customer_id" ASC NULLS LAST;

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
WHERE NOT (EXISTS (
  SELECT 1
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" = "payer"."customer_id"
    AND "orders_2"."amount" > 985
))
  AND NOT EXISTS (
  SELECT 1
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" = "payer"."customer_id"
    AND EXISTS (
    SELECT 1
    FROM "order_note"
    WHERE "order_note"."order_id" = "orders_3"."order_id"
      AND "order_note"."line" = 3
  )
)
ORDER BY "orders"."order_id" ASC NULLS LAST;

-- text that holds what LIKE would read as wildcards
SELECT "customer"."customer_id"
FROM "customer"
WHERE "customer"."name" LIKE '%!%!_%' ESCAPE '!' OR "customer"."name" LIKE '%!! Ltd' ESCAPE '!' OR "customer"."name" LIKE '%!\%' ESCAPE '!'
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
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."amount" AS DOUBLE PRECISION)) AS "middle",
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE PRECISION)) AS "middle_of_weights",
  STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "deviation",
  VAR_SAMP(CAST("orders"."weight" AS DOUBLE PRECISION)) AS "variance",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY "orders"."items"
HAVING STDDEV_SAMP(CAST("orders"."amount" AS DOUBLE PRECISION)) > 10
  AND PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."amount" AS DOUBLE PRECISION)) > 10
  AND "orders"."items" > 1
ORDER BY "orders"."items" DESC NULLS FIRST;

-- the spread and the middle of all, of one and of none
SELECT
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders"."items" AS DOUBLE PRECISION)) AS "middle",
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE PRECISION)) AS "middle_of_none",
  STDDEV_SAMP(CAST("orders"."weight" AS DOUBLE PRECISION)) AS "deviation",
  STDDEV_SAMP(CAST(CASE WHEN "orders"."order_id" = 9007199254740993 THEN "orders"."amount" END AS DOUBLE PRECISION)) AS "deviation_of_one",
  (ARRAY_AGG("orders"."amount" ORDER BY "orders"."ordered_at" ASC, "orders"."amount" ASC) FILTER (WHERE "orders"."amount" IS NOT NULL AND "orders"."ordered_at" IS NOT NULL))[1] AS "first_amount",
  COUNT(DISTINCT "orders"."customer_id") AS "customers"
FROM "orders";

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE), CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER)
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) >= DATE '2008-06-01' OR COUNT(*) > 8 OR CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) = 7
ORDER BY "month" ASC NULLS LAST, CAST(EXTRACT(isodow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) DESC NULLS LAST;

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
    (CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST("orders_3"."items" AS DOUBLE PRECISION)) AS DOUBLE PRECISION) / NULLIF(CAST(COUNT(CASE WHEN "orders_3"."amount" > 100 THEN 1 END) AS DOUBLE PRECISION), 0)) AS "figure"
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
WHERE NOT ("customer"."name" IN ('Customer 3', 'a\b'))
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
  AND "customer"."name" <> 'O''Neil; DROP TABLE orders; -- \'
  AND "orders"."payer_id" IS NOT NULL
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
