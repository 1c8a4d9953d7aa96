-- duckdb
WITH "customer_page" AS (
  SELECT
    "customer"."customer_id" AS "column_1",
    "customer"."name" AS "column_2",
    "customer"."customer_id" AS "key_1",
    "country"."country_name" AS "order_1",
    "customer"."customer_id" AS "order_2"
  FROM "customer"
  LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
  WHERE "customer"."active" = CAST($1 AS BOOLEAN)
  ORDER BY "country"."country_name" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
  LIMIT 10
  OFFSET 2
),
"orders_page" AS (
  SELECT "ranked".*
  FROM (
    SELECT
      "orders"."order_id" AS "column_1",
      "orders"."amount" AS "column_2",
      "orders"."items" AS "column_3",
      "orders"."ordered_at" AS "column_4",
      "payer"."born" AS "column_5",
      "orders"."order_id" AS "key_1",
      "orders"."customer_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "place"
    FROM "orders"
    LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
    WHERE "orders"."customer_id" IN (SELECT "customer_page"."key_1" FROM "customer_page")
      AND "orders"."amount" > CAST($2 AS DECIMAL(3, 1))
  ) AS "ranked"
  WHERE "ranked"."place" > 1 AND "ranked"."place" <= 6
),
"order_note_page" AS (
  SELECT "ranked_2".*
  FROM (
    SELECT
      "order_note"."text" AS "column_1",
      "order_note"."order_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "order_note"."order_id" ORDER BY "order_note"."line" ASC NULLS LAST) AS "place"
    FROM "order_note"
    WHERE "order_note"."order_id" IN (SELECT "orders_page"."key_1" FROM "orders_page")
  ) AS "ranked_2"
  WHERE "ranked_2"."place" > 0 AND "ranked_2"."place" <= 3
),
"order_note_lists" AS (
  SELECT
    "order_note_page"."parent" AS "parent",
    COUNT(*) AS "number",
    json_group_array(json_array(CAST("order_note_page"."column_1" AS VARCHAR), "order_note_page"."place")) AS "list"
  FROM "order_note_page"
  GROUP BY "order_note_page"."parent"
),
"orders_lists" AS (
  SELECT
    "orders_page"."parent" AS "parent",
    COUNT(*) AS "number",
    json_group_array(json_array(CAST("orders_page"."column_1" AS VARCHAR), CAST("orders_page"."column_2" AS VARCHAR), "orders_page"."column_3", CAST("orders_page"."column_4" AS VARCHAR), CAST("orders_page"."column_5" AS VARCHAR), COALESCE("order_note_lists"."number", 0), "order_note_lists"."list", "orders_page"."place")) AS "list"
  FROM "orders_page"
  LEFT JOIN "order_note_lists" ON "order_note_lists"."parent" = "orders_page"."key_1"
  GROUP BY "orders_page"."parent"
)
SELECT
  "customer_page"."column_1" AS "customer_id",
  "customer_page"."column_2" AS "name",
  COALESCE("orders_lists"."number", 0) AS "number of orders",
  "orders_lists"."list" AS "orders"
FROM "customer_page"
LEFT JOIN "orders_lists" ON "orders_lists"."parent" = "customer_page"."key_1"
ORDER BY "customer_page"."order_1" DESC NULLS LAST, "customer_page"."order_2" ASC NULLS LAST;
-- with [true,"10.5"]

-- postgres
WITH "customer_page" AS (
  SELECT
    "customer"."customer_id" AS "column_1",
    "customer"."name" AS "column_2",
    "customer"."customer_id" AS "key_1",
    "country"."country_name" AS "order_1",
    "customer"."customer_id" AS "order_2"
  FROM "customer"
  LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
  WHERE "customer"."active" = CAST($1 AS BOOLEAN)
  ORDER BY "country"."country_name" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
  LIMIT 10
  OFFSET 2
),
"orders_page" AS (
  SELECT "ranked".*
  FROM (
    SELECT
      "orders"."order_id" AS "column_1",
      "orders"."amount" AS "column_2",
      "orders"."items" AS "column_3",
      "orders"."ordered_at" AS "column_4",
      "payer"."born" AS "column_5",
      "orders"."order_id" AS "key_1",
      "orders"."customer_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "place"
    FROM "orders"
    LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
    WHERE "orders"."customer_id" IN (SELECT "customer_page"."key_1" FROM "customer_page")
      AND "orders"."amount" > CAST($2 AS NUMERIC)
  ) AS "ranked"
  WHERE "ranked"."place" > 1 AND "ranked"."place" <= 6
),
"order_note_page" AS (
  SELECT "ranked_2".*
  FROM (
    SELECT
      "order_note"."text" AS "column_1",
      "order_note"."order_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "order_note"."order_id" ORDER BY "order_note"."line" ASC NULLS LAST) AS "place"
    FROM "order_note"
    WHERE "order_note"."order_id" IN (SELECT "orders_page"."key_1" FROM "orders_page")
  ) AS "ranked_2"
  WHERE "ranked_2"."place" > 0 AND "ranked_2"."place" <= 3
),
"order_note_lists" AS (
  SELECT
    "order_note_page"."parent" AS "parent",
    COUNT(*) AS "number",
    json_agg(json_build_array(CAST("order_note_page"."column_1" AS TEXT), "order_note_page"."place")) AS "list"
  FROM "order_note_page"
  GROUP BY "order_note_page"."parent"
),
"orders_lists" AS (
  SELECT
    "orders_page"."parent" AS "parent",
    COUNT(*) AS "number",
    json_agg(json_build_array(CAST("orders_page"."column_1" AS TEXT), CAST("orders_page"."column_2" AS TEXT), "orders_page"."column_3", CAST("orders_page"."column_4" AS TEXT), CAST("orders_page"."column_5" AS TEXT), COALESCE("order_note_lists"."number", 0), "order_note_lists"."list", "orders_page"."place")) AS "list"
  FROM "orders_page"
  LEFT JOIN "order_note_lists" ON "order_note_lists"."parent" = "orders_page"."key_1"
  GROUP BY "orders_page"."parent"
)
SELECT
  "customer_page"."column_1" AS "customer_id",
  "customer_page"."column_2" AS "name",
  COALESCE("orders_lists"."number", 0) AS "number of orders",
  "orders_lists"."list" AS "orders"
FROM "customer_page"
LEFT JOIN "orders_lists" ON "orders_lists"."parent" = "customer_page"."key_1"
ORDER BY "customer_page"."order_1" DESC NULLS LAST, "customer_page"."order_2" ASC NULLS LAST;
-- with [true,"10.5"]

-- mysql
WITH `customer_page` AS (
  SELECT
    `customer`.`customer_id` AS `column_1`,
    `customer`.`name` AS `column_2`,
    `customer`.`customer_id` AS `key_1`,
    `country`.`country_name` AS `order_1`,
    `customer`.`customer_id` AS `order_2`
  FROM `customer`
  LEFT JOIN `country` ON `country`.`code` = `customer`.`country_code`
  WHERE `customer`.`active` = CAST(? AS SIGNED)
  ORDER BY `country`.`country_name` DESC, `customer`.`customer_id` ASC
  LIMIT 10
  OFFSET 2
),
`orders_page` AS (
  SELECT `ranked`.*
  FROM (
    SELECT
      `orders`.`order_id` AS `column_1`,
      `orders`.`amount` AS `column_2`,
      `orders`.`items` AS `column_3`,
      `orders`.`ordered_at` AS `column_4`,
      `payer`.`born` AS `column_5`,
      `orders`.`order_id` AS `key_1`,
      `orders`.`customer_id` AS `parent`,
      ROW_NUMBER() OVER (PARTITION BY `orders`.`customer_id` ORDER BY `orders`.`amount` DESC, `orders`.`order_id` ASC) AS `place`
    FROM `orders`
    LEFT JOIN `customer` AS `payer` ON `payer`.`customer_id` = `orders`.`payer_id`
    WHERE `orders`.`customer_id` IN (SELECT `customer_page`.`key_1` FROM `customer_page`)
      AND `orders`.`amount` > CAST(? AS DECIMAL(3, 1))
  ) AS `ranked`
  WHERE `ranked`.`place` > 1 AND `ranked`.`place` <= 6
),
`order_note_page` AS (
  SELECT `ranked_2`.*
  FROM (
    SELECT
      `order_note`.`text` AS `column_1`,
      `order_note`.`order_id` AS `parent`,
      ROW_NUMBER() OVER (PARTITION BY `order_note`.`order_id` ORDER BY `order_note`.`line` ASC) AS `place`
    FROM `order_note`
    WHERE `order_note`.`order_id` IN (SELECT `orders_page`.`key_1` FROM `orders_page`)
  ) AS `ranked_2`
  WHERE `ranked_2`.`place` > 0 AND `ranked_2`.`place` <= 3
),
`order_note_lists` AS (
  SELECT
    `order_note_page`.`parent` AS `parent`,
    COUNT(*) AS `number`,
    JSON_ARRAYAGG(JSON_ARRAY(CONVERT(`order_note_page`.`column_1` USING utf8mb4), `order_note_page`.`place`)) AS `list`
  FROM `order_note_page`
  GROUP BY `order_note_page`.`parent`
),
`orders_lists` AS (
  SELECT
    `orders_page`.`parent` AS `parent`,
    COUNT(*) AS `number`,
    JSON_ARRAYAGG(JSON_ARRAY(CAST(`orders_page`.`column_1` + 0 AS CHAR), CAST(`orders_page`.`column_2` + 0 AS CHAR), (`orders_page`.`column_3` + 0), CONVERT(`orders_page`.`column_4` USING utf8mb4), CONVERT(`orders_page`.`column_5` USING utf8mb4), COALESCE(`order_note_lists`.`number`, 0), JSON_EXTRACT(`order_note_lists`.`list`, '$'), `orders_page`.`place`)) AS `list`
  FROM `orders_page`
  LEFT JOIN `order_note_lists` ON `order_note_lists`.`parent` = `orders_page`.`key_1`
  GROUP BY `orders_page`.`parent`
)
SELECT
  `customer_page`.`column_1` AS `customer_id`,
  `customer_page`.`column_2` AS `name`,
  COALESCE(`orders_lists`.`number`, 0) AS `number of orders`,
  `orders_lists`.`list` AS `orders`
FROM `customer_page`
LEFT JOIN `orders_lists` ON `orders_lists`.`parent` = `customer_page`.`key_1`
ORDER BY `customer_page`.`order_1` DESC, `customer_page`.`order_2` ASC;
-- with [true,"10.5"]

-- snowflake
WITH "customer_page" AS (
  SELECT
    "customer"."customer_id" AS "column_1",
    "customer"."name" AS "column_2",
    "customer"."customer_id" AS "key_1",
    "country"."country_name" AS "order_1",
    "customer"."customer_id" AS "order_2"
  FROM "customer"
  LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
  WHERE "customer"."active" = CAST(? AS BOOLEAN)
  ORDER BY "country"."country_name" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
  LIMIT 10
  OFFSET 2
),
"orders_page" AS (
  SELECT "ranked".*
  FROM (
    SELECT
      "orders"."order_id" AS "column_1",
      "orders"."amount" AS "column_2",
      "orders"."items" AS "column_3",
      "orders"."ordered_at" AS "column_4",
      "payer"."born" AS "column_5",
      "orders"."order_id" AS "key_1",
      "orders"."customer_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "place"
    FROM "orders"
    LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
    WHERE "orders"."customer_id" IN (SELECT "customer_page"."key_1" FROM "customer_page")
      AND "orders"."amount" > CAST(? AS DECIMAL(3, 1))
  ) AS "ranked"
  WHERE "ranked"."place" > 1 AND "ranked"."place" <= 6
),
"order_note_page" AS (
  SELECT "ranked_2".*
  FROM (
    SELECT
      "order_note"."text" AS "column_1",
      "order_note"."order_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "order_note"."order_id" ORDER BY "order_note"."line" ASC NULLS LAST) AS "place"
    FROM "order_note"
    WHERE "order_note"."order_id" IN (SELECT "orders_page"."key_1" FROM "orders_page")
  ) AS "ranked_2"
  WHERE "ranked_2"."place" > 0 AND "ranked_2"."place" <= 3
),
"order_note_lists" AS (
  SELECT
    "order_note_page"."parent" AS "parent",
    COUNT(*) AS "number",
    ARRAY_AGG(ARRAY_CONSTRUCT(COALESCE(TO_VARIANT("order_note_page"."column_1"), PARSE_JSON('null')), "order_note_page"."place")) AS "list"
  FROM "order_note_page"
  GROUP BY "order_note_page"."parent"
),
"orders_lists" AS (
  SELECT
    "orders_page"."parent" AS "parent",
    COUNT(*) AS "number",
    ARRAY_AGG(ARRAY_CONSTRUCT(COALESCE(TO_VARIANT(TO_VARCHAR("orders_page"."column_1")), PARSE_JSON('null')), COALESCE(TO_VARIANT(TO_VARCHAR("orders_page"."column_2")), PARSE_JSON('null')), COALESCE(TO_VARIANT("orders_page"."column_3"), PARSE_JSON('null')), COALESCE(TO_VARIANT(TO_VARCHAR("orders_page"."column_4", 'YYYY-MM-DD HH24:MI:SS.FF9')), PARSE_JSON('null')), COALESCE(TO_VARIANT(TO_VARCHAR("orders_page"."column_5", 'YYYY-MM-DD')), PARSE_JSON('null')), COALESCE("order_note_lists"."number", 0), COALESCE(TO_VARIANT("order_note_lists"."list"), PARSE_JSON('null')), "orders_page"."place")) AS "list"
  FROM "orders_page"
  LEFT JOIN "order_note_lists" ON "order_note_lists"."parent" = "orders_page"."key_1"
  GROUP BY "orders_page"."parent"
)
SELECT
  "customer_page"."column_1" AS "customer_id",
  "customer_page"."column_2" AS "name",
  COALESCE("orders_lists"."number", 0) AS "number of orders",
  "orders_lists"."list" AS "orders"
FROM "customer_page"
LEFT JOIN "orders_lists" ON "orders_lists"."parent" = "customer_page"."key_1"
ORDER BY "customer_page"."order_1" DESC NULLS LAST, "customer_page"."order_2" ASC NULLS LAST;
-- with [true,"10.5"]

-- athena
WITH "customer_page" AS (
  SELECT
    "customer"."customer_id" AS "column_1",
    "customer"."name" AS "column_2",
    "customer"."customer_id" AS "key_1",
    "country"."country_name" AS "order_1",
    "customer"."customer_id" AS "order_2"
  FROM "customer"
  LEFT JOIN "country" ON "country"."code" = "customer"."country_code"
  WHERE "customer"."active" = CAST(? AS BOOLEAN)
  ORDER BY "country"."country_name" DESC NULLS LAST, "customer"."customer_id" ASC NULLS LAST
  OFFSET 2
  LIMIT 10
),
"orders_page" AS (
  SELECT "ranked".*
  FROM (
    SELECT
      "orders"."order_id" AS "column_1",
      "orders"."amount" AS "column_2",
      "orders"."items" AS "column_3",
      "orders"."ordered_at" AS "column_4",
      "payer"."born" AS "column_5",
      "orders"."order_id" AS "key_1",
      "orders"."customer_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."amount" DESC NULLS LAST, "orders"."order_id" ASC NULLS LAST) AS "place"
    FROM "orders"
    LEFT JOIN "customer" AS "payer" ON "payer"."customer_id" = "orders"."payer_id"
    WHERE "orders"."customer_id" IN (SELECT "customer_page"."key_1" FROM "customer_page")
      AND "orders"."amount" > CAST(? AS DECIMAL(3, 1))
  ) AS "ranked"
  WHERE "ranked"."place" > 1 AND "ranked"."place" <= 6
),
"order_note_page" AS (
  SELECT "ranked_2".*
  FROM (
    SELECT
      "order_note"."text" AS "column_1",
      "order_note"."order_id" AS "parent",
      ROW_NUMBER() OVER (PARTITION BY "order_note"."order_id" ORDER BY "order_note"."line" ASC NULLS LAST) AS "place"
    FROM "order_note"
    WHERE "order_note"."order_id" IN (SELECT "orders_page"."key_1" FROM "orders_page")
  ) AS "ranked_2"
  WHERE "ranked_2"."place" > 0 AND "ranked_2"."place" <= 3
),
"order_note_lists" AS (
  SELECT
    "order_note_page"."parent" AS "parent",
    COUNT(*) AS "number",
    JSON_FORMAT(CAST(ARRAY_AGG(ARRAY[CAST("order_note_page"."column_1" AS JSON), CAST("order_note_page"."place" AS JSON)]) AS JSON)) AS "list"
  FROM "order_note_page"
  GROUP BY "order_note_page"."parent"
),
"orders_lists" AS (
  SELECT
    "orders_page"."parent" AS "parent",
    COUNT(*) AS "number",
    JSON_FORMAT(CAST(ARRAY_AGG(ARRAY[CAST(CAST("orders_page"."column_1" AS VARCHAR) AS JSON), CAST(CAST("orders_page"."column_2" AS VARCHAR) AS JSON), CAST("orders_page"."column_3" AS JSON), CAST(CAST("orders_page"."column_4" AS VARCHAR) AS JSON), CAST(CAST("orders_page"."column_5" AS VARCHAR) AS JSON), CAST(COALESCE("order_note_lists"."number", 0) AS JSON), CAST(JSON_PARSE("order_note_lists"."list") AS JSON), CAST("orders_page"."place" AS JSON)]) AS JSON)) AS "list"
  FROM "orders_page"
  LEFT JOIN "order_note_lists" ON "order_note_lists"."parent" = "orders_page"."key_1"
  GROUP BY "orders_page"."parent"
)
SELECT
  "customer_page"."column_1" AS "customer_id",
  "customer_page"."column_2" AS "name",
  COALESCE("orders_lists"."number", 0) AS "number of orders",
  "orders_lists"."list" AS "orders"
FROM "customer_page"
LEFT JOIN "orders_lists" ON "orders_lists"."parent" = "customer_page"."key_1"
ORDER BY "customer_page"."order_1" DESC NULLS LAST, "customer_page"."order_2" ASC NULLS LAST;
-- with [true,"10.5"]
