-- What compile writes for redshift.
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
WHERE "orders"."amount" >= CAST($1 AS DECIMAL(4, 1))
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
  ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) AS "day_of_week",
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
  ((CAST(EXTRACT(dow FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) AS "weekday",
  CAST(DATE_TRUNC('quarter', CAST(CAST($1 AS DATE) AS TIMESTAMP)) AS DATE) AS "of_a_value"
FROM "customer"
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["2008-05-31"]

-- figures of groups, with conditions
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders",
  COUNT(CASE WHEN "orders"."amount" > CAST($1 AS DECIMAL(3, 0)) THEN 1 END) AS "large",
  COUNT(DISTINCT "orders"."customer_id") AS "customers",
  SUM(CASE WHEN "orders"."items" > CAST($2 AS INTEGER) THEN "orders"."amount" END) AS "total",
  SUM("orders"."items") AS "items",
  AVG(CAST("orders"."items" AS DOUBLE PRECISION)) AS "mean_items",
  AVG(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "mean_amount",
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
  AVG(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "mean"
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
  "ranked_rows"."group_1" AS "customer",
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "first_amount",
  MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "last_amount",
  MAX(CASE WHEN "ranked_rows"."rank_3" = 1 THEN "ranked_rows"."value_3" END) AS "last_large",
  COUNT(*) AS "orders",
  AVG(CAST("ranked_rows"."value_5" AS DOUBLE PRECISION)) AS "mean_items"
FROM (
  SELECT
    "customer"."name" AS "group_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "orders"."amount" ASC) AS "rank_2",
    CASE WHEN CASE WHEN "orders"."amount" > CAST($1 AS DECIMAL(3, 0)) THEN "orders"."ordered_at" END IS NOT NULL THEN CASE WHEN "orders"."amount" > CAST($2 AS DECIMAL(3, 0)) THEN "orders"."order_id" END END AS "value_3",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN CASE WHEN "orders"."amount" > CAST($3 AS DECIMAL(3, 0)) THEN "orders"."order_id" END IS NULL OR CASE WHEN "orders"."amount" > CAST($4 AS DECIMAL(3, 0)) THEN "orders"."ordered_at" END IS NULL THEN 1 ELSE 0 END, CASE WHEN "orders"."amount" > CAST($4 AS DECIMAL(3, 0)) THEN "orders"."ordered_at" END DESC, CASE WHEN "orders"."amount" > CAST($3 AS DECIMAL(3, 0)) THEN "orders"."order_id" END ASC) AS "rank_3",
    "orders"."items" AS "value_5"
  FROM "orders"
  LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
  WHERE "orders"."items" > CAST($5 AS INTEGER)
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
HAVING COUNT(*) > CAST($6 AS BIGINT)
ORDER BY "last_amount" DESC NULLS LAST, "ranked_rows"."group_1" ASC NULLS LAST
LIMIT 25;
-- with ["500","500","500","500",1,"3"]

-- the first and last of yes and no
SELECT
  "ranked_rows"."group_1" AS "items",
  BOOL_OR(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "was_active",
  BOOL_OR(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "is_active"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "customer"."active" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "customer"."active" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "customer"."active" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "customer"."active" END AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "customer"."active" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "customer"."active" ASC) AS "rank_2"
  FROM "orders"
  LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
ORDER BY "ranked_rows"."group_1" ASC NULLS LAST;
-- with []

-- the first and last of all, and what has changed
SELECT
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "opened",
  MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "closed",
  (CAST(MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS DOUBLE PRECISION) / NULLIF(CAST(MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS DOUBLE PRECISION), 0)) AS "change"
FROM (
  SELECT
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_1",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_2",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "orders"."amount" ASC) AS "rank_2"
  FROM "orders"
) AS "ranked_rows";
-- with []

-- a pick where many are alike gives a value of one of them
SELECT
  "ranked_rows"."group_1" AS "items",
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "same",
  MIN("ranked_rows"."value_2") AS "least"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CASE WHEN "orders"."weight" IS NOT NULL THEN "orders"."items" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "orders"."items" IS NULL OR "orders"."weight" IS NULL THEN 1 ELSE 0 END, "orders"."weight" ASC, "orders"."items" ASC) AS "rank_1",
    "orders"."items" AS "value_2"
  FROM "orders"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
ORDER BY "ranked_rows"."group_1" ASC NULLS LAST;
-- with []

-- arithmetic, and division that is exact and by nothing null
SELECT
  "orders"."order_id",
  (CAST("orders"."amount" AS DOUBLE PRECISION) / NULLIF(CAST("orders"."items" AS DOUBLE PRECISION), 0)) AS "each",
  (CAST("orders"."items" AS DOUBLE PRECISION) / NULLIF(CAST(CAST($1 AS INTEGER) AS DOUBLE PRECISION), 0)) AS "third",
  ("orders"."amount" * CAST($2 AS DECIMAL(3, 2))) AS "taxed",
  ("orders"."amount" - CAST($3 AS DECIMAL(3, 2))) AS "less",
  ("orders"."weight" + CAST($4 AS DOUBLE PRECISION)) AS "heavier"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
-- with [3,"1.19","0.01",0.5]

-- a value found by another query
SELECT "orders"."order_id"
FROM "orders"
WHERE "orders"."amount" > (
  SELECT AVG(CAST("orders_2"."amount" AS DOUBLE PRECISION)) AS "mean"
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
  WHERE "orders"."customer_id" IN (CAST($1 AS INTEGER), CAST($2 AS INTEGER), CAST($3 AS INTEGER))
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
    AND "orders"."amount" > CAST($1 AS DECIMAL(3, 0))
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_2"."payer_id"
  FROM "orders" AS "orders_2"
  WHERE "orders_2"."payer_id" IS NOT NULL
)) OR ("customer"."customer_id" IS NULL OR "customer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND CASE WHEN "orders_3"."amount" < CAST($2 AS DECIMAL(3, 0)) THEN 1 ELSE 0 END = 0
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
    AND "orders_2"."amount" > CAST($1 AS DECIMAL(3, 0))
)))
  AND ("payer"."customer_id" IS NULL OR "payer"."customer_id" NOT IN (
  SELECT "orders_3"."customer_id"
  FROM "orders" AS "orders_3"
  WHERE "orders_3"."customer_id" IS NOT NULL
    AND ("orders_3"."order_id" IS NOT NULL AND "orders_3"."order_id" IN (
    SELECT "order_note"."order_id"
    FROM "order_note"
    WHERE "order_note"."order_id" IS NOT NULL
      AND "order_note"."line" = CAST($2 AS INTEGER)
  ))
))
ORDER BY "orders"."order_id" ASC NULLS LAST;
-- with ["985",3]

-- text that holds what LIKE would read as wildcards
SELECT "customer"."customer_id"
FROM "customer"
WHERE "customer"."name" LIKE CAST($1 AS VARCHAR(65535)) ESCAPE '!' OR "customer"."name" LIKE CAST($2 AS VARCHAR(65535)) ESCAPE '!' OR "customer"."name" LIKE CAST($3 AS VARCHAR(65535)) ESCAPE '!'
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%!%!_%","%!! Ltd","%!\\%"]

-- text in large or small letters
SELECT "customer"."customer_id"
FROM "customer"
WHERE NOT ("customer"."name" LIKE CAST($1 AS VARCHAR(65535)))
  AND LOWER("customer"."name") LIKE CAST($2 AS VARCHAR(65535))
  AND NOT (LOWER("customer"."name") = CAST($3 AS VARCHAR(65535)))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["%CUSTOMER 1%","%customer 1%","customer 11"]

-- text in letters that are not ASCII
SELECT "customer"."customer_id"
FROM "customer"
WHERE LOWER("customer"."name") LIKE LOWER(CAST($1 AS VARCHAR(65535)))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["ÄRGER &%"]

-- the spread and the middle of each group
SELECT
  "ranked_rows"."group_1" AS "items",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS "middle",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_2" BETWEEN "ranked_rows"."values_2" AND "ranked_rows"."values_2" + 2 THEN "ranked_rows"."value_2" END) AS "middle_of_weights",
  STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) AS "deviation",
  VAR_SAMP(CAST("ranked_rows"."value_4" AS DOUBLE PRECISION)) AS "variance",
  COUNT(*) AS "orders"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CAST("orders"."amount" AS DOUBLE PRECISION) AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN CAST("orders"."amount" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders"."amount" AS DOUBLE PRECISION) ASC) AS "rank_1",
    COUNT(CAST("orders"."amount" AS DOUBLE PRECISION)) OVER (PARTITION BY "orders"."items") AS "values_1",
    CAST(CASE WHEN "orders"."amount" > CAST($3 AS DECIMAL(3, 0)) THEN "orders"."weight" END AS DOUBLE PRECISION) AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN CAST(CASE WHEN "orders"."amount" > CAST($1 AS DECIMAL(3, 0)) THEN "orders"."weight" END AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST(CASE WHEN "orders"."amount" > CAST($2 AS DECIMAL(3, 0)) THEN "orders"."weight" END AS DOUBLE PRECISION) ASC) AS "rank_2",
    COUNT(CAST(CASE WHEN "orders"."amount" > CAST($4 AS DECIMAL(3, 0)) THEN "orders"."weight" END AS DOUBLE PRECISION)) OVER (PARTITION BY "orders"."items") AS "values_2",
    "orders"."amount" AS "value_3",
    "orders"."weight" AS "value_4"
  FROM "orders"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
HAVING STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) > CAST($5 AS DOUBLE PRECISION)
  AND AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) > CAST($6 AS DOUBLE PRECISION)
  AND "ranked_rows"."group_1" > CAST($7 AS INTEGER)
ORDER BY "ranked_rows"."group_1" DESC NULLS FIRST;
-- with ["500","500","500","500",10,10,1]

-- the spread and the middle of all, of one and of none
SELECT
  AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS "middle",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_2" BETWEEN "ranked_rows"."values_2" AND "ranked_rows"."values_2" + 2 THEN "ranked_rows"."value_2" END) AS "middle_of_none",
  STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) AS "deviation",
  STDDEV_SAMP(CAST("ranked_rows"."value_4" AS DOUBLE PRECISION)) AS "deviation_of_one",
  MAX(CASE WHEN "ranked_rows"."rank_5" = 1 THEN "ranked_rows"."value_5" END) AS "first_amount",
  COUNT(DISTINCT "ranked_rows"."value_6") AS "customers"
FROM (
  SELECT
    CAST("orders"."items" AS DOUBLE PRECISION) AS "value_1",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN CAST("orders"."items" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders"."items" AS DOUBLE PRECISION) ASC) AS "rank_1",
    COUNT(CAST("orders"."items" AS DOUBLE PRECISION)) OVER () AS "values_1",
    CAST(CASE WHEN "orders"."items" < CAST($3 AS INTEGER) THEN "orders"."amount" END AS DOUBLE PRECISION) AS "value_2",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN CAST(CASE WHEN "orders"."items" < CAST($1 AS INTEGER) THEN "orders"."amount" END AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST(CASE WHEN "orders"."items" < CAST($2 AS INTEGER) THEN "orders"."amount" END AS DOUBLE PRECISION) ASC) AS "rank_2",
    COUNT(CAST(CASE WHEN "orders"."items" < CAST($4 AS INTEGER) THEN "orders"."amount" END AS DOUBLE PRECISION)) OVER () AS "values_2",
    "orders"."weight" AS "value_3",
    CASE WHEN "orders"."order_id" = CAST($5 AS BIGINT) THEN "orders"."amount" END AS "value_4",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_5",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_5",
    "orders"."customer_id" AS "value_6"
  FROM "orders"
) AS "ranked_rows";
-- with [0,0,0,0,"9007199254740993"]

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE), ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1)
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) >= CAST($1 AS DATE) OR COUNT(*) > CAST($2 AS BIGINT) OR ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) = CAST($3 AS INTEGER)
ORDER BY "month" ASC NULLS LAST, ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) DESC NULLS LAST;
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
    "ranked_rows"."group_1" AS "figure_key",
    (CAST(AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS DOUBLE PRECISION) / NULLIF(CAST(COUNT("ranked_rows"."value_2") AS DOUBLE PRECISION), 0)) AS "figure"
  FROM (
    SELECT
      "orders_3"."customer_id" AS "group_1",
      CAST("orders_3"."items" AS DOUBLE PRECISION) AS "value_1",
      ROW_NUMBER() OVER (PARTITION BY "orders_3"."customer_id" ORDER BY CASE WHEN CAST("orders_3"."items" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders_3"."items" AS DOUBLE PRECISION) ASC) AS "rank_1",
      COUNT(CAST("orders_3"."items" AS DOUBLE PRECISION)) OVER (PARTITION BY "orders_3"."customer_id") AS "values_1",
      CASE WHEN "orders_3"."amount" > CAST($1 AS DECIMAL(3, 0)) THEN 1 END AS "value_2"
    FROM "orders" AS "orders_3"
  ) AS "ranked_rows"
  GROUP BY "ranked_rows"."group_1"
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
WHERE NOT ("customer"."name" IN (CAST($1 AS VARCHAR(65535)), CAST($2 AS VARCHAR(65535))))
ORDER BY "customer"."customer_id" ASC NULLS LAST;
-- with ["Customer 3","a\\b"]

-- values of every type
SELECT "orders"."order_id"
FROM "orders"
LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
WHERE "orders"."order_id" < CAST($1 AS BIGINT)
  AND "orders"."amount" <> CAST($2 AS DECIMAL(4, 2))
  AND "orders"."weight" <= CAST($3 AS DOUBLE PRECISION)
  AND "orders"."items" > CAST($4 AS INTEGER)
  AND "orders"."ordered_at" >= CAST($5 AS DATE)
  AND "orders"."ordered_at" < CAST($6 AS TIMESTAMP)
  AND "customer"."active" = CAST($7 AS BOOLEAN)
  AND "customer"."name" <> CAST($8 AS VARCHAR(65535))
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
  ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) AS "day_of_week",
  CAST(EXTRACT(hour FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) AS "hour"
FROM "orders"
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 200;

-- periods and parts of a date without a time
SELECT
  "customer"."customer_id",
  CAST(DATE_TRUNC('week', CAST("customer"."born" AS TIMESTAMP)) AS DATE) AS "week",
  CAST(EXTRACT(hour FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) AS "hour",
  ((CAST(EXTRACT(dow FROM CAST("customer"."born" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) AS "weekday",
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
  AVG(CAST("orders"."items" AS DOUBLE PRECISION)) AS "mean_items",
  AVG(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "mean_amount",
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
  AVG(CAST("orders"."amount" AS DOUBLE PRECISION)) AS "mean"
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
  "ranked_rows"."group_1" AS "customer",
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "first_amount",
  MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "last_amount",
  MAX(CASE WHEN "ranked_rows"."rank_3" = 1 THEN "ranked_rows"."value_3" END) AS "last_large",
  COUNT(*) AS "orders",
  AVG(CAST("ranked_rows"."value_5" AS DOUBLE PRECISION)) AS "mean_items"
FROM (
  SELECT
    "customer"."name" AS "group_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "orders"."amount" ASC) AS "rank_2",
    CASE WHEN CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END IS NOT NULL THEN CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END END AS "value_3",
    ROW_NUMBER() OVER (PARTITION BY "customer"."name" ORDER BY CASE WHEN CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END IS NULL OR CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END IS NULL THEN 1 ELSE 0 END, CASE WHEN "orders"."amount" > 500 THEN "orders"."ordered_at" END DESC, CASE WHEN "orders"."amount" > 500 THEN "orders"."order_id" END ASC) AS "rank_3",
    "orders"."items" AS "value_5"
  FROM "orders"
  LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
  WHERE "orders"."items" > 1
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
HAVING COUNT(*) > 3
ORDER BY "last_amount" DESC NULLS LAST, "ranked_rows"."group_1" ASC NULLS LAST
LIMIT 25;

-- the first and last of yes and no
SELECT
  "ranked_rows"."group_1" AS "items",
  BOOL_OR(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "was_active",
  BOOL_OR(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "is_active"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "customer"."active" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "customer"."active" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "customer"."active" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "customer"."active" END AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "customer"."active" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "customer"."active" ASC) AS "rank_2"
  FROM "orders"
  LEFT JOIN "customer" ON "customer"."customer_id" = "orders"."customer_id"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
ORDER BY "ranked_rows"."group_1" ASC NULLS LAST;

-- the first and last of all, and what has changed
SELECT
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "opened",
  MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS "closed",
  (CAST(MAX(CASE WHEN "ranked_rows"."rank_2" = 1 THEN "ranked_rows"."value_2" END) AS DOUBLE PRECISION) / NULLIF(CAST(MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS DOUBLE PRECISION), 0)) AS "change"
FROM (
  SELECT
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_1",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_1",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_2",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" DESC, "orders"."amount" ASC) AS "rank_2"
  FROM "orders"
) AS "ranked_rows";

-- a pick where many are alike gives a value of one of them
SELECT
  "ranked_rows"."group_1" AS "items",
  MAX(CASE WHEN "ranked_rows"."rank_1" = 1 THEN "ranked_rows"."value_1" END) AS "same",
  MIN("ranked_rows"."value_2") AS "least"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CASE WHEN "orders"."weight" IS NOT NULL THEN "orders"."items" END AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN "orders"."items" IS NULL OR "orders"."weight" IS NULL THEN 1 ELSE 0 END, "orders"."weight" ASC, "orders"."items" ASC) AS "rank_1",
    "orders"."items" AS "value_2"
  FROM "orders"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
ORDER BY "ranked_rows"."group_1" ASC NULLS LAST;

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
  SELECT AVG(CAST("orders_2"."amount" AS DOUBLE PRECISION)) AS "mean"
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
WHERE "customer"."name" LIKE '%!%!_%' ESCAPE '!' OR "customer"."name" LIKE '%!! Ltd' ESCAPE '!' OR "customer"."name" LIKE ('%!' || CHR(92) || '%') ESCAPE '!'
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
  "ranked_rows"."group_1" AS "items",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS "middle",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_2" BETWEEN "ranked_rows"."values_2" AND "ranked_rows"."values_2" + 2 THEN "ranked_rows"."value_2" END) AS "middle_of_weights",
  STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) AS "deviation",
  VAR_SAMP(CAST("ranked_rows"."value_4" AS DOUBLE PRECISION)) AS "variance",
  COUNT(*) AS "orders"
FROM (
  SELECT
    "orders"."items" AS "group_1",
    CAST("orders"."amount" AS DOUBLE PRECISION) AS "value_1",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN CAST("orders"."amount" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders"."amount" AS DOUBLE PRECISION) ASC) AS "rank_1",
    COUNT(CAST("orders"."amount" AS DOUBLE PRECISION)) OVER (PARTITION BY "orders"."items") AS "values_1",
    CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE PRECISION) AS "value_2",
    ROW_NUMBER() OVER (PARTITION BY "orders"."items" ORDER BY CASE WHEN CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE PRECISION) ASC) AS "rank_2",
    COUNT(CAST(CASE WHEN "orders"."amount" > 500 THEN "orders"."weight" END AS DOUBLE PRECISION)) OVER (PARTITION BY "orders"."items") AS "values_2",
    "orders"."amount" AS "value_3",
    "orders"."weight" AS "value_4"
  FROM "orders"
) AS "ranked_rows"
GROUP BY "ranked_rows"."group_1"
HAVING STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) > 10
  AND AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) > 10
  AND "ranked_rows"."group_1" > 1
ORDER BY "ranked_rows"."group_1" DESC NULLS FIRST;

-- the spread and the middle of all, of one and of none
SELECT
  AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS "middle",
  AVG(CASE WHEN 2 * "ranked_rows"."rank_2" BETWEEN "ranked_rows"."values_2" AND "ranked_rows"."values_2" + 2 THEN "ranked_rows"."value_2" END) AS "middle_of_none",
  STDDEV_SAMP(CAST("ranked_rows"."value_3" AS DOUBLE PRECISION)) AS "deviation",
  STDDEV_SAMP(CAST("ranked_rows"."value_4" AS DOUBLE PRECISION)) AS "deviation_of_one",
  MAX(CASE WHEN "ranked_rows"."rank_5" = 1 THEN "ranked_rows"."value_5" END) AS "first_amount",
  COUNT(DISTINCT "ranked_rows"."value_6") AS "customers"
FROM (
  SELECT
    CAST("orders"."items" AS DOUBLE PRECISION) AS "value_1",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN CAST("orders"."items" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders"."items" AS DOUBLE PRECISION) ASC) AS "rank_1",
    COUNT(CAST("orders"."items" AS DOUBLE PRECISION)) OVER () AS "values_1",
    CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE PRECISION) AS "value_2",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE PRECISION) ASC) AS "rank_2",
    COUNT(CAST(CASE WHEN "orders"."items" < 0 THEN "orders"."amount" END AS DOUBLE PRECISION)) OVER () AS "values_2",
    "orders"."weight" AS "value_3",
    CASE WHEN "orders"."order_id" = 9007199254740993 THEN "orders"."amount" END AS "value_4",
    CASE WHEN "orders"."ordered_at" IS NOT NULL THEN "orders"."amount" END AS "value_5",
    ROW_NUMBER() OVER (ORDER BY CASE WHEN "orders"."amount" IS NULL OR "orders"."ordered_at" IS NULL THEN 1 ELSE 0 END, "orders"."ordered_at" ASC, "orders"."amount" ASC) AS "rank_5",
    "orders"."customer_id" AS "value_6"
  FROM "orders"
) AS "ranked_rows";

-- groups by period, chosen by their key
SELECT
  CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) AS "month",
  COUNT(*) AS "orders"
FROM "orders"
GROUP BY CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE), ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1)
HAVING CAST(DATE_TRUNC('month', CAST("orders"."ordered_at" AS TIMESTAMP)) AS DATE) >= DATE '2008-06-01' OR COUNT(*) > 8 OR ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) = 7
ORDER BY "month" ASC NULLS LAST, ((CAST(EXTRACT(dow FROM CAST("orders"."ordered_at" AS TIMESTAMP)) AS INTEGER) + 6) % 7 + 1) DESC NULLS LAST;

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
    "ranked_rows"."group_1" AS "figure_key",
    (CAST(AVG(CASE WHEN 2 * "ranked_rows"."rank_1" BETWEEN "ranked_rows"."values_1" AND "ranked_rows"."values_1" + 2 THEN "ranked_rows"."value_1" END) AS DOUBLE PRECISION) / NULLIF(CAST(COUNT("ranked_rows"."value_2") AS DOUBLE PRECISION), 0)) AS "figure"
  FROM (
    SELECT
      "orders_3"."customer_id" AS "group_1",
      CAST("orders_3"."items" AS DOUBLE PRECISION) AS "value_1",
      ROW_NUMBER() OVER (PARTITION BY "orders_3"."customer_id" ORDER BY CASE WHEN CAST("orders_3"."items" AS DOUBLE PRECISION) IS NULL THEN 1 ELSE 0 END, CAST("orders_3"."items" AS DOUBLE PRECISION) ASC) AS "rank_1",
      COUNT(CAST("orders_3"."items" AS DOUBLE PRECISION)) OVER (PARTITION BY "orders_3"."customer_id") AS "values_1",
      CASE WHEN "orders_3"."amount" > 100 THEN 1 END AS "value_2"
    FROM "orders" AS "orders_3"
  ) AS "ranked_rows"
  GROUP BY "ranked_rows"."group_1"
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
WHERE NOT ("customer"."name" IN ('Customer 3', ('a' || CHR(92) || 'b')))
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
  AND "customer"."name" <> ('O''Neil; DROP TABLE orders; -- ' || CHR(92) || '')
  AND "orders"."payer_id" IS NOT NULL
ORDER BY "orders"."order_id" ASC NULLS LAST
LIMIT 100;
