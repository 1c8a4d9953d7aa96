-- What compile writes for mysql.
-- a list over relations, a page of it
SELECT
  `orders`.`order_id`,
  `orders`.`amount`,
  `customer`.`name` AS `customer`,
  `payer_country`.`country_name` AS `country`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
LEFT JOIN `customer` AS `payer` ON `payer`.`customer_id` = `orders`.`payer_id`
LEFT JOIN `country` AS `payer_country` ON `payer_country`.`code` = `payer`.`country_code`
WHERE `orders`.`amount` >= CAST(? AS DECIMAL(4, 1))
ORDER BY `orders`.`amount` DESC, `orders`.`order_id` ASC
LIMIT 10
OFFSET 5;
-- with ["500.5"]

-- nulls first and last, in both directions
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
ORDER BY `orders`.`payer_id` ASC, `orders`.`amount` IS NULL DESC, `orders`.`amount` DESC, `orders`.`weight` DESC, `customer`.`name` IS NULL ASC, `customer`.`name` ASC, `orders`.`order_id` ASC
LIMIT 300;
-- with []

-- all rows but the first
SELECT `country`.`code`
FROM `country`
ORDER BY `country`.`code` ASC
LIMIT 999999999999999
OFFSET 1;
-- with []

-- distinct rows
SELECT DISTINCT
  `customer`.`active`,
  `customer`.`country_code`
FROM `customer`
ORDER BY `customer`.`country_code` IS NULL ASC, `customer`.`country_code` ASC, `customer`.`active` DESC;
-- with []

-- the start of each period
SELECT
  `orders`.`order_id`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFYEAR(`orders`.`ordered_at`) - 1 DAY) AS `year`,
  DATE_ADD(DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFYEAR(`orders`.`ordered_at`) - 1 DAY), INTERVAL QUARTER(`orders`.`ordered_at`) - 1 QUARTER) AS `quarter`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL WEEKDAY(`orders`.`ordered_at`) DAY) AS `week`,
  DATE(`orders`.`ordered_at`) AS `day`,
  DATE_ADD(CAST(DATE(`orders`.`ordered_at`) AS DATETIME), INTERVAL HOUR(`orders`.`ordered_at`) HOUR) AS `hour`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 200;
-- with []

-- the parts of a time
SELECT
  `orders`.`order_id`,
  YEAR(`orders`.`ordered_at`) AS `year`,
  QUARTER(`orders`.`ordered_at`) AS `quarter`,
  MONTH(`orders`.`ordered_at`) AS `month`,
  DAYOFMONTH(`orders`.`ordered_at`) AS `day`,
  (WEEKDAY(`orders`.`ordered_at`) + 1) AS `day_of_week`,
  HOUR(`orders`.`ordered_at`) AS `hour`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 200;
-- with []

-- periods and parts of a date without a time
SELECT
  `customer`.`customer_id`,
  DATE_SUB(DATE(`customer`.`born`), INTERVAL WEEKDAY(`customer`.`born`) DAY) AS `week`,
  HOUR(`customer`.`born`) AS `hour`,
  (WEEKDAY(`customer`.`born`) + 1) AS `weekday`,
  DATE_ADD(DATE_SUB(DATE(CAST(? AS DATE)), INTERVAL DAYOFYEAR(CAST(? AS DATE)) - 1 DAY), INTERVAL QUARTER(CAST(? AS DATE)) - 1 QUARTER) AS `of_a_value`
FROM `customer`
ORDER BY `customer`.`customer_id` ASC;
-- with ["2008-05-31","2008-05-31","2008-05-31"]

-- figures of groups, with conditions
SELECT
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  COUNT(*) AS `orders`,
  COUNT(CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN 1 END) AS `large`,
  COUNT(DISTINCT `orders`.`customer_id`) AS `customers`,
  SUM(CASE WHEN `orders`.`items` > CAST(? AS SIGNED) THEN `orders`.`amount` END) AS `total`,
  SUM(`orders`.`items`) AS `items`,
  AVG(`orders`.`items` + 0e0) AS `mean_items`,
  AVG(`orders`.`amount` + 0e0) AS `mean_amount`,
  MIN(`orders`.`amount`) AS `smallest`,
  MAX(`orders`.`ordered_at`) AS `latest`
FROM `orders`
GROUP BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY)
HAVING COUNT(*) >= CAST(? AS SIGNED)
ORDER BY COUNT(*) DESC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) IS NULL ASC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) ASC;
-- with ["900",2,"5"]

-- one row of figures
SELECT
  COUNT(*) AS `orders`,
  SUM(`orders`.`amount`) AS `total`,
  AVG(`orders`.`amount` + 0e0) AS `mean`
FROM `orders`
WHERE `orders`.`ordered_at` < CAST(? AS DATETIME(6));
-- with ["2008-06-30T12:00:00"]

-- groups by what holds a value
SELECT
  (`orders`.`items` * CAST(? AS SIGNED)) AS `doubled`,
  COUNT(*) AS `orders`
FROM `orders`
GROUP BY 1
ORDER BY `doubled` DESC;
-- with [2]

-- the first and the last of each group
SELECT
  `ranked_rows`.`group_1` AS `customer`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `first_amount`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `last_amount`,
  MAX(CASE WHEN `ranked_rows`.`rank_3` = 1 THEN `ranked_rows`.`value_3` END) AS `last_large`,
  COUNT(*) AS `orders`,
  AVG(`ranked_rows`.`value_5` + 0e0) AS `mean_items`
FROM (
  SELECT
    `customer`.`name` AS `group_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `orders`.`amount` ASC) AS `rank_2`,
    CASE WHEN CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`ordered_at` END IS NOT NULL THEN CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`order_id` END END AS `value_3`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`order_id` END IS NULL OR CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`ordered_at` END IS NULL THEN 1 ELSE 0 END, CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`ordered_at` END DESC, CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`order_id` END ASC) AS `rank_3`,
    `orders`.`items` AS `value_5`
  FROM `orders`
  LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
  WHERE `orders`.`items` > CAST(? AS SIGNED)
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
HAVING COUNT(*) > CAST(? AS SIGNED)
ORDER BY MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) DESC, `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC
LIMIT 25;
-- with ["500","500","500","500","500","500",1,"3"]

-- the first and last of yes and no
SELECT
  `ranked_rows`.`group_1` AS `items`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `was_active`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `is_active`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `customer`.`active` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `customer`.`active` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `customer`.`active` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `customer`.`active` END AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `customer`.`active` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `customer`.`active` ASC) AS `rank_2`
  FROM `orders`
  LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
ORDER BY `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC;
-- with []

-- the first and last of all, and what has changed
SELECT
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `opened`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `closed`,
  ((MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) + 0e0) / NULLIF(MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END), 0)) AS `change`
FROM (
  SELECT
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_1`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_2`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `orders`.`amount` ASC) AS `rank_2`
  FROM `orders`
) AS `ranked_rows`;
-- with []

-- a pick where many are alike gives a value of one of them
SELECT
  `ranked_rows`.`group_1` AS `items`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `same`,
  MIN(`ranked_rows`.`value_2`) AS `least`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    CASE WHEN `orders`.`weight` IS NOT NULL THEN `orders`.`items` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `orders`.`items` IS NULL OR `orders`.`weight` IS NULL THEN 1 ELSE 0 END, `orders`.`weight` ASC, `orders`.`items` ASC) AS `rank_1`,
    `orders`.`items` AS `value_2`
  FROM `orders`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
ORDER BY `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC;
-- with []

-- arithmetic, and division that is exact and by nothing null
SELECT
  `orders`.`order_id`,
  ((`orders`.`amount` + 0e0) / NULLIF(`orders`.`items`, 0)) AS `each`,
  ((`orders`.`items` + 0e0) / NULLIF(CAST(? AS SIGNED), 0)) AS `third`,
  (`orders`.`amount` * CAST(? AS DECIMAL(3, 2))) AS `taxed`,
  (`orders`.`amount` - CAST(? AS DECIMAL(3, 2))) AS `less`,
  (`orders`.`weight` + CAST(? AS DOUBLE)) AS `heavier`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 100;
-- with [3,"1.19","0.01",0.5]

-- a value found by another query
SELECT `orders`.`order_id`
FROM `orders`
WHERE `orders`.`amount` > (
  SELECT AVG(`orders_2`.`amount` + 0e0) AS `mean`
  FROM `orders` AS `orders_2`
)
ORDER BY `orders`.`order_id` ASC
LIMIT 50;
-- with []

-- a page of each group
SELECT `ranked`.`customer_id`, `ranked`.`order_id`, `ranked`.`amount`
FROM (
  SELECT
    `orders`.`customer_id`,
    `orders`.`order_id`,
    `orders`.`amount`,
    `orders`.`customer_id` AS `group_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`customer_id` ORDER BY `orders`.`amount` DESC, `orders`.`order_id` ASC) AS `rank_in_group`
  FROM `orders`
  WHERE `orders`.`customer_id` IN (CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED))
) AS `ranked`
WHERE `ranked`.`rank_in_group` > 1 AND `ranked`.`rank_in_group` <= 4
ORDER BY `ranked`.`group_1` IS NULL ASC, `ranked`.`group_1` ASC, `ranked`.`rank_in_group` ASC;
-- with [3,5,8]

-- related rows: some, none, every
SELECT `customer`.`customer_id`
FROM `customer`
WHERE EXISTS (
  SELECT 1
  FROM `orders`
  WHERE `orders`.`customer_id` = `customer`.`customer_id`
    AND `orders`.`amount` > CAST(? AS DECIMAL(3, 0))
) OR NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_2`
  WHERE `orders_2`.`payer_id` = `customer`.`customer_id`
) OR NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_3`
  WHERE `orders_3`.`customer_id` = `customer`.`customer_id`
    AND CASE WHEN `orders_3`.`amount` < CAST(? AS DECIMAL(3, 0)) THEN 1 ELSE 0 END = 0
)
ORDER BY `customer`.`customer_id` ASC;
-- with ["990","985"]

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` AS `payer` ON `payer`.`customer_id` = `orders`.`payer_id`
WHERE NOT (EXISTS (
  SELECT 1
  FROM `orders` AS `orders_2`
  WHERE `orders_2`.`payer_id` = `payer`.`customer_id`
    AND `orders_2`.`amount` > CAST(? AS DECIMAL(3, 0))
))
  AND NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_3`
  WHERE `orders_3`.`customer_id` = `payer`.`customer_id`
    AND EXISTS (
    SELECT 1
    FROM `order_note`
    WHERE `order_note`.`order_id` = `orders_3`.`order_id`
      AND `order_note`.`line` = CAST(? AS SIGNED)
  )
)
ORDER BY `orders`.`order_id` ASC;
-- with ["985",3]

-- text that holds what LIKE would read as wildcards
SELECT `customer`.`customer_id`
FROM `customer`
WHERE CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '!' OR CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '!' OR CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE ? ESCAPE '!'
ORDER BY `customer`.`customer_id` ASC;
-- with ["%!%!_%","%!! Ltd","%!\\%"]

-- text in large or small letters
SELECT `customer`.`customer_id`
FROM `customer`
WHERE NOT (CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE ?)
  AND LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin LIKE ?
  AND NOT (LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin = ?)
ORDER BY `customer`.`customer_id` ASC;
-- with ["%CUSTOMER 1%","%customer 1%","customer 11"]

-- text in letters that are not ASCII
SELECT `customer`.`customer_id`
FROM `customer`
WHERE LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin LIKE LOWER(CONVERT(? USING utf8mb4)) COLLATE utf8mb4_bin
ORDER BY `customer`.`customer_id` ASC;
-- with ["ÄRGER &%"]

-- the spread and the middle of each group
SELECT
  `ranked_rows`.`group_1` AS `items`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) AS `middle`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_2` BETWEEN `ranked_rows`.`values_2` AND `ranked_rows`.`values_2` + 2 THEN `ranked_rows`.`value_2` END) AS `middle_of_weights`,
  STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) AS `deviation`,
  VAR_SAMP((`ranked_rows`.`value_4` + 0e0)) AS `variance`,
  COUNT(*) AS `orders`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    (`orders`.`amount` + 0e0) AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN (`orders`.`amount` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders`.`amount` + 0e0) ASC) AS `rank_1`,
    COUNT((`orders`.`amount` + 0e0)) OVER (PARTITION BY `orders`.`items`) AS `values_1`,
    (CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`weight` END + 0e0) AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN (CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`weight` END + 0e0) IS NULL THEN 1 ELSE 0 END, (CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`weight` END + 0e0) ASC) AS `rank_2`,
    COUNT((CASE WHEN `orders`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN `orders`.`weight` END + 0e0)) OVER (PARTITION BY `orders`.`items`) AS `values_2`,
    `orders`.`amount` AS `value_3`,
    `orders`.`weight` AS `value_4`
  FROM `orders`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
HAVING STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) > CAST(? AS DOUBLE)
  AND AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) > CAST(? AS DOUBLE)
  AND `ranked_rows`.`group_1` > CAST(? AS SIGNED)
ORDER BY `ranked_rows`.`group_1` IS NULL DESC, `ranked_rows`.`group_1` DESC;
-- with ["500","500","500","500",10,10,1]

-- the spread and the middle of all, of one and of none
SELECT
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) AS `middle`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_2` BETWEEN `ranked_rows`.`values_2` AND `ranked_rows`.`values_2` + 2 THEN `ranked_rows`.`value_2` END) AS `middle_of_none`,
  STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) AS `deviation`,
  STDDEV_SAMP((`ranked_rows`.`value_4` + 0e0)) AS `deviation_of_one`,
  MAX(CASE WHEN `ranked_rows`.`rank_5` = 1 THEN `ranked_rows`.`value_5` END) AS `first_amount`,
  COUNT(DISTINCT `ranked_rows`.`value_6`) AS `customers`
FROM (
  SELECT
    (`orders`.`items` + 0e0) AS `value_1`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN (`orders`.`items` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders`.`items` + 0e0) ASC) AS `rank_1`,
    COUNT((`orders`.`items` + 0e0)) OVER () AS `values_1`,
    (CASE WHEN `orders`.`items` < CAST(? AS SIGNED) THEN `orders`.`amount` END + 0e0) AS `value_2`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN (CASE WHEN `orders`.`items` < CAST(? AS SIGNED) THEN `orders`.`amount` END + 0e0) IS NULL THEN 1 ELSE 0 END, (CASE WHEN `orders`.`items` < CAST(? AS SIGNED) THEN `orders`.`amount` END + 0e0) ASC) AS `rank_2`,
    COUNT((CASE WHEN `orders`.`items` < CAST(? AS SIGNED) THEN `orders`.`amount` END + 0e0)) OVER () AS `values_2`,
    `orders`.`weight` AS `value_3`,
    CASE WHEN `orders`.`order_id` = CAST(? AS SIGNED) THEN `orders`.`amount` END AS `value_4`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_5`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_5`,
    `orders`.`customer_id` AS `value_6`
  FROM `orders`
) AS `ranked_rows`;
-- with [0,0,0,0,"9007199254740993"]

-- groups by period, chosen by their key
SELECT
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  COUNT(*) AS `orders`
FROM `orders`
GROUP BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY), (WEEKDAY(`orders`.`ordered_at`) + 1)
HAVING MIN(DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY)) >= CAST(? AS DATE) OR COUNT(*) > CAST(? AS SIGNED) OR MIN((WEEKDAY(`orders`.`ordered_at`) + 1)) = CAST(? AS SIGNED)
ORDER BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) IS NULL ASC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) ASC, (WEEKDAY(`orders`.`ordered_at`) + 1) DESC;
-- with ["2008-06-01","8",7]

-- rows in the order of figures over their related rows
SELECT
  `customer`.`customer_id`,
  `country`.`country_name` AS `country`
FROM `customer`
LEFT JOIN `country` ON `country`.`code` = `customer`.`country_code`
LEFT JOIN (
  SELECT
    `orders`.`payer_id` AS `figure_key`,
    MAX(`orders`.`amount`) AS `figure`
  FROM `orders`
  GROUP BY `orders`.`payer_id`
) AS `ordersByPayerId_figure` ON `ordersByPayerId_figure`.`figure_key` = `customer`.`customer_id`
LEFT JOIN (
  SELECT
    `orders_2`.`customer_id` AS `figure_key`,
    COUNT(*) AS `figure`
  FROM `orders` AS `orders_2`
  GROUP BY `orders_2`.`customer_id`
) AS `ordersByCustomerId_figure` ON `ordersByCustomerId_figure`.`figure_key` = `customer`.`customer_id`
LEFT JOIN (
  SELECT
    `customer_2`.`country_code` AS `figure_key`,
    COUNT(DISTINCT `customer_2`.`born`) AS `figure`
  FROM `customer` AS `customer_2`
  GROUP BY `customer_2`.`country_code`
) AS `country_customer_figure` ON `country_customer_figure`.`figure_key` = `country`.`code`
LEFT JOIN (
  SELECT
    `ranked_rows`.`group_1` AS `figure_key`,
    ((AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) + 0e0) / NULLIF(COUNT(`ranked_rows`.`value_2`), 0)) AS `figure`
  FROM (
    SELECT
      `orders_3`.`customer_id` AS `group_1`,
      (`orders_3`.`items` + 0e0) AS `value_1`,
      ROW_NUMBER() OVER (PARTITION BY `orders_3`.`customer_id` ORDER BY CASE WHEN (`orders_3`.`items` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders_3`.`items` + 0e0) ASC) AS `rank_1`,
      COUNT((`orders_3`.`items` + 0e0)) OVER (PARTITION BY `orders_3`.`customer_id`) AS `values_1`,
      CASE WHEN `orders_3`.`amount` > CAST(? AS DECIMAL(3, 0)) THEN 1 END AS `value_2`
    FROM `orders` AS `orders_3`
  ) AS `ranked_rows`
  GROUP BY `ranked_rows`.`group_1`
) AS `ordersByCustomerId_figure_2` ON `ordersByCustomerId_figure_2`.`figure_key` = `customer`.`customer_id`
ORDER BY `ordersByPayerId_figure`.`figure` IS NULL DESC, `ordersByPayerId_figure`.`figure` DESC, COALESCE(`ordersByCustomerId_figure`.`figure`, 0) IS NULL ASC, COALESCE(`ordersByCustomerId_figure`.`figure`, 0) ASC, COALESCE(`country_customer_figure`.`figure`, 0) DESC, `ordersByCustomerId_figure_2`.`figure` DESC, `customer`.`customer_id` ASC
LIMIT 30
OFFSET 2;
-- with ["100"]

-- a page of each group, in the order of related figures
SELECT `ranked`.`country_code`, `ranked`.`customer_id`
FROM (
  SELECT
    `customer`.`country_code`,
    `customer`.`customer_id`,
    `customer`.`country_code` AS `group_1`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`country_code` ORDER BY COALESCE(`ordersByCustomerId_figure`.`figure`, 0) DESC, `customer`.`customer_id` ASC) AS `rank_in_group`
  FROM `customer`
  LEFT JOIN (
    SELECT
      `orders`.`customer_id` AS `figure_key`,
      COUNT(*) AS `figure`
    FROM `orders`
    GROUP BY `orders`.`customer_id`
  ) AS `ordersByCustomerId_figure` ON `ordersByCustomerId_figure`.`figure_key` = `customer`.`customer_id`
) AS `ranked`
WHERE `ranked`.`rank_in_group` > 0 AND `ranked`.`rank_in_group` <= 3
ORDER BY `ranked`.`group_1` IS NULL ASC, `ranked`.`group_1` ASC, `ranked`.`rank_in_group` ASC;
-- with []

-- lists and structures
SELECT
  `customer`.`customer_id`,
  `customer`.`tags`,
  `customer`.`tags` AS `words`
FROM `customer`
WHERE `customer`.`tags` IS NOT NULL
ORDER BY `customer`.`customer_id` ASC
LIMIT 5;
-- with []

-- values that are none of some
SELECT `customer`.`customer_id`
FROM `customer`
WHERE NOT (`customer`.`name` IN (?, ?))
ORDER BY `customer`.`customer_id` ASC;
-- with ["Customer 3","a\\b"]

-- values of every type
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
WHERE `orders`.`order_id` < CAST(? AS SIGNED)
  AND `orders`.`amount` <> CAST(? AS DECIMAL(4, 2))
  AND `orders`.`weight` <= CAST(? AS DOUBLE)
  AND `orders`.`items` > CAST(? AS SIGNED)
  AND `orders`.`ordered_at` >= CAST(? AS DATE)
  AND `orders`.`ordered_at` < CAST(? AS DATETIME(6))
  AND `customer`.`active` = CAST(? AS SIGNED)
  AND `customer`.`name` <> ?
  AND `orders`.`payer_id` IS NOT NULL
ORDER BY `orders`.`order_id` ASC
LIMIT 100;
-- with ["9007199254741500","12.37",7.5,0,"2007-12-01","2008-12-31T23:59:59.999999",true,"O'Neil; DROP TABLE orders; -- \\"]

-- The same with the values in the text.
-- a list over relations, a page of it
SELECT
  `orders`.`order_id`,
  `orders`.`amount`,
  `customer`.`name` AS `customer`,
  `payer_country`.`country_name` AS `country`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
LEFT JOIN `customer` AS `payer` ON `payer`.`customer_id` = `orders`.`payer_id`
LEFT JOIN `country` AS `payer_country` ON `payer_country`.`code` = `payer`.`country_code`
WHERE `orders`.`amount` >= 500.5
ORDER BY `orders`.`amount` DESC, `orders`.`order_id` ASC
LIMIT 10
OFFSET 5;

-- nulls first and last, in both directions
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
ORDER BY `orders`.`payer_id` ASC, `orders`.`amount` IS NULL DESC, `orders`.`amount` DESC, `orders`.`weight` DESC, `customer`.`name` IS NULL ASC, `customer`.`name` ASC, `orders`.`order_id` ASC
LIMIT 300;

-- all rows but the first
SELECT `country`.`code`
FROM `country`
ORDER BY `country`.`code` ASC
LIMIT 999999999999999
OFFSET 1;

-- distinct rows
SELECT DISTINCT
  `customer`.`active`,
  `customer`.`country_code`
FROM `customer`
ORDER BY `customer`.`country_code` IS NULL ASC, `customer`.`country_code` ASC, `customer`.`active` DESC;

-- the start of each period
SELECT
  `orders`.`order_id`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFYEAR(`orders`.`ordered_at`) - 1 DAY) AS `year`,
  DATE_ADD(DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFYEAR(`orders`.`ordered_at`) - 1 DAY), INTERVAL QUARTER(`orders`.`ordered_at`) - 1 QUARTER) AS `quarter`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL WEEKDAY(`orders`.`ordered_at`) DAY) AS `week`,
  DATE(`orders`.`ordered_at`) AS `day`,
  DATE_ADD(CAST(DATE(`orders`.`ordered_at`) AS DATETIME), INTERVAL HOUR(`orders`.`ordered_at`) HOUR) AS `hour`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 200;

-- the parts of a time
SELECT
  `orders`.`order_id`,
  YEAR(`orders`.`ordered_at`) AS `year`,
  QUARTER(`orders`.`ordered_at`) AS `quarter`,
  MONTH(`orders`.`ordered_at`) AS `month`,
  DAYOFMONTH(`orders`.`ordered_at`) AS `day`,
  (WEEKDAY(`orders`.`ordered_at`) + 1) AS `day_of_week`,
  HOUR(`orders`.`ordered_at`) AS `hour`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 200;

-- periods and parts of a date without a time
SELECT
  `customer`.`customer_id`,
  DATE_SUB(DATE(`customer`.`born`), INTERVAL WEEKDAY(`customer`.`born`) DAY) AS `week`,
  HOUR(`customer`.`born`) AS `hour`,
  (WEEKDAY(`customer`.`born`) + 1) AS `weekday`,
  DATE_ADD(DATE_SUB(DATE(DATE '2008-05-31'), INTERVAL DAYOFYEAR(DATE '2008-05-31') - 1 DAY), INTERVAL QUARTER(DATE '2008-05-31') - 1 QUARTER) AS `of_a_value`
FROM `customer`
ORDER BY `customer`.`customer_id` ASC;

-- figures of groups, with conditions
SELECT
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  COUNT(*) AS `orders`,
  COUNT(CASE WHEN `orders`.`amount` > 900 THEN 1 END) AS `large`,
  COUNT(DISTINCT `orders`.`customer_id`) AS `customers`,
  SUM(CASE WHEN `orders`.`items` > 2 THEN `orders`.`amount` END) AS `total`,
  SUM(`orders`.`items`) AS `items`,
  AVG(`orders`.`items` + 0e0) AS `mean_items`,
  AVG(`orders`.`amount` + 0e0) AS `mean_amount`,
  MIN(`orders`.`amount`) AS `smallest`,
  MAX(`orders`.`ordered_at`) AS `latest`
FROM `orders`
GROUP BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY)
HAVING COUNT(*) >= 5
ORDER BY COUNT(*) DESC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) IS NULL ASC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) ASC;

-- one row of figures
SELECT
  COUNT(*) AS `orders`,
  SUM(`orders`.`amount`) AS `total`,
  AVG(`orders`.`amount` + 0e0) AS `mean`
FROM `orders`
WHERE `orders`.`ordered_at` < TIMESTAMP '2008-06-30 12:00:00';

-- groups by what holds a value
SELECT
  (`orders`.`items` * 2) AS `doubled`,
  COUNT(*) AS `orders`
FROM `orders`
GROUP BY 1
ORDER BY `doubled` DESC;

-- the first and the last of each group
SELECT
  `ranked_rows`.`group_1` AS `customer`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `first_amount`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `last_amount`,
  MAX(CASE WHEN `ranked_rows`.`rank_3` = 1 THEN `ranked_rows`.`value_3` END) AS `last_large`,
  COUNT(*) AS `orders`,
  AVG(`ranked_rows`.`value_5` + 0e0) AS `mean_items`
FROM (
  SELECT
    `customer`.`name` AS `group_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `orders`.`amount` ASC) AS `rank_2`,
    CASE WHEN CASE WHEN `orders`.`amount` > 500 THEN `orders`.`ordered_at` END IS NOT NULL THEN CASE WHEN `orders`.`amount` > 500 THEN `orders`.`order_id` END END AS `value_3`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`name` ORDER BY CASE WHEN CASE WHEN `orders`.`amount` > 500 THEN `orders`.`order_id` END IS NULL OR CASE WHEN `orders`.`amount` > 500 THEN `orders`.`ordered_at` END IS NULL THEN 1 ELSE 0 END, CASE WHEN `orders`.`amount` > 500 THEN `orders`.`ordered_at` END DESC, CASE WHEN `orders`.`amount` > 500 THEN `orders`.`order_id` END ASC) AS `rank_3`,
    `orders`.`items` AS `value_5`
  FROM `orders`
  LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
  WHERE `orders`.`items` > 1
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
HAVING COUNT(*) > 3
ORDER BY MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) DESC, `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC
LIMIT 25;

-- the first and last of yes and no
SELECT
  `ranked_rows`.`group_1` AS `items`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `was_active`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `is_active`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `customer`.`active` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `customer`.`active` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `customer`.`active` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `customer`.`active` END AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `customer`.`active` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `customer`.`active` ASC) AS `rank_2`
  FROM `orders`
  LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
ORDER BY `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC;

-- the first and last of all, and what has changed
SELECT
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `opened`,
  MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) AS `closed`,
  ((MAX(CASE WHEN `ranked_rows`.`rank_2` = 1 THEN `ranked_rows`.`value_2` END) + 0e0) / NULLIF(MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END), 0)) AS `change`
FROM (
  SELECT
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_1`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_1`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_2`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` DESC, `orders`.`amount` ASC) AS `rank_2`
  FROM `orders`
) AS `ranked_rows`;

-- a pick where many are alike gives a value of one of them
SELECT
  `ranked_rows`.`group_1` AS `items`,
  MAX(CASE WHEN `ranked_rows`.`rank_1` = 1 THEN `ranked_rows`.`value_1` END) AS `same`,
  MIN(`ranked_rows`.`value_2`) AS `least`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    CASE WHEN `orders`.`weight` IS NOT NULL THEN `orders`.`items` END AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN `orders`.`items` IS NULL OR `orders`.`weight` IS NULL THEN 1 ELSE 0 END, `orders`.`weight` ASC, `orders`.`items` ASC) AS `rank_1`,
    `orders`.`items` AS `value_2`
  FROM `orders`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
ORDER BY `ranked_rows`.`group_1` IS NULL ASC, `ranked_rows`.`group_1` ASC;

-- arithmetic, and division that is exact and by nothing null
SELECT
  `orders`.`order_id`,
  ((`orders`.`amount` + 0e0) / NULLIF(`orders`.`items`, 0)) AS `each`,
  ((`orders`.`items` + 0e0) / NULLIF(3, 0)) AS `third`,
  (`orders`.`amount` * 1.19) AS `taxed`,
  (`orders`.`amount` - 0.01) AS `less`,
  (`orders`.`weight` + 0.5) AS `heavier`
FROM `orders`
ORDER BY `orders`.`order_id` ASC
LIMIT 100;

-- a value found by another query
SELECT `orders`.`order_id`
FROM `orders`
WHERE `orders`.`amount` > (
  SELECT AVG(`orders_2`.`amount` + 0e0) AS `mean`
  FROM `orders` AS `orders_2`
)
ORDER BY `orders`.`order_id` ASC
LIMIT 50;

-- a page of each group
SELECT `ranked`.`customer_id`, `ranked`.`order_id`, `ranked`.`amount`
FROM (
  SELECT
    `orders`.`customer_id`,
    `orders`.`order_id`,
    `orders`.`amount`,
    `orders`.`customer_id` AS `group_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`customer_id` ORDER BY `orders`.`amount` DESC, `orders`.`order_id` ASC) AS `rank_in_group`
  FROM `orders`
  WHERE `orders`.`customer_id` IN (3, 5, 8)
) AS `ranked`
WHERE `ranked`.`rank_in_group` > 1 AND `ranked`.`rank_in_group` <= 4
ORDER BY `ranked`.`group_1` IS NULL ASC, `ranked`.`group_1` ASC, `ranked`.`rank_in_group` ASC;

-- related rows: some, none, every
SELECT `customer`.`customer_id`
FROM `customer`
WHERE EXISTS (
  SELECT 1
  FROM `orders`
  WHERE `orders`.`customer_id` = `customer`.`customer_id`
    AND `orders`.`amount` > 990
) OR NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_2`
  WHERE `orders_2`.`payer_id` = `customer`.`customer_id`
) OR NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_3`
  WHERE `orders_3`.`customer_id` = `customer`.`customer_id`
    AND CASE WHEN `orders_3`.`amount` < 985 THEN 1 ELSE 0 END = 0
)
ORDER BY `customer`.`customer_id` ASC;

-- related rows of what a relation leads to, where it leads anywhere, and theirs
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` AS `payer` ON `payer`.`customer_id` = `orders`.`payer_id`
WHERE NOT (EXISTS (
  SELECT 1
  FROM `orders` AS `orders_2`
  WHERE `orders_2`.`payer_id` = `payer`.`customer_id`
    AND `orders_2`.`amount` > 985
))
  AND NOT EXISTS (
  SELECT 1
  FROM `orders` AS `orders_3`
  WHERE `orders_3`.`customer_id` = `payer`.`customer_id`
    AND EXISTS (
    SELECT 1
    FROM `order_note`
    WHERE `order_note`.`order_id` = `orders_3`.`order_id`
      AND `order_note`.`line` = 3
  )
)
ORDER BY `orders`.`order_id` ASC;

-- text that holds what LIKE would read as wildcards
SELECT `customer`.`customer_id`
FROM `customer`
WHERE CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE '%!%!_%' ESCAPE '!' OR CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE '%!! Ltd' ESCAPE '!' OR CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE '%!\\%' ESCAPE '!'
ORDER BY `customer`.`customer_id` ASC;

-- text in large or small letters
SELECT `customer`.`customer_id`
FROM `customer`
WHERE NOT (CONVERT(`customer`.`name` USING utf8mb4) COLLATE utf8mb4_bin LIKE '%CUSTOMER 1%')
  AND LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin LIKE '%customer 1%'
  AND NOT (LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin = 'customer 11')
ORDER BY `customer`.`customer_id` ASC;

-- text in letters that are not ASCII
SELECT `customer`.`customer_id`
FROM `customer`
WHERE LOWER(CONVERT(`customer`.`name` USING utf8mb4)) COLLATE utf8mb4_bin LIKE LOWER(CONVERT('ÄRGER &%' USING utf8mb4)) COLLATE utf8mb4_bin
ORDER BY `customer`.`customer_id` ASC;

-- the spread and the middle of each group
SELECT
  `ranked_rows`.`group_1` AS `items`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) AS `middle`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_2` BETWEEN `ranked_rows`.`values_2` AND `ranked_rows`.`values_2` + 2 THEN `ranked_rows`.`value_2` END) AS `middle_of_weights`,
  STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) AS `deviation`,
  VAR_SAMP((`ranked_rows`.`value_4` + 0e0)) AS `variance`,
  COUNT(*) AS `orders`
FROM (
  SELECT
    `orders`.`items` AS `group_1`,
    (`orders`.`amount` + 0e0) AS `value_1`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN (`orders`.`amount` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders`.`amount` + 0e0) ASC) AS `rank_1`,
    COUNT((`orders`.`amount` + 0e0)) OVER (PARTITION BY `orders`.`items`) AS `values_1`,
    (CASE WHEN `orders`.`amount` > 500 THEN `orders`.`weight` END + 0e0) AS `value_2`,
    ROW_NUMBER() OVER (PARTITION BY `orders`.`items` ORDER BY CASE WHEN (CASE WHEN `orders`.`amount` > 500 THEN `orders`.`weight` END + 0e0) IS NULL THEN 1 ELSE 0 END, (CASE WHEN `orders`.`amount` > 500 THEN `orders`.`weight` END + 0e0) ASC) AS `rank_2`,
    COUNT((CASE WHEN `orders`.`amount` > 500 THEN `orders`.`weight` END + 0e0)) OVER (PARTITION BY `orders`.`items`) AS `values_2`,
    `orders`.`amount` AS `value_3`,
    `orders`.`weight` AS `value_4`
  FROM `orders`
) AS `ranked_rows`
GROUP BY `ranked_rows`.`group_1`
HAVING STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) > 10
  AND AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) > 10
  AND `ranked_rows`.`group_1` > 1
ORDER BY `ranked_rows`.`group_1` IS NULL DESC, `ranked_rows`.`group_1` DESC;

-- the spread and the middle of all, of one and of none
SELECT
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) AS `middle`,
  AVG(CASE WHEN 2 * `ranked_rows`.`rank_2` BETWEEN `ranked_rows`.`values_2` AND `ranked_rows`.`values_2` + 2 THEN `ranked_rows`.`value_2` END) AS `middle_of_none`,
  STDDEV_SAMP((`ranked_rows`.`value_3` + 0e0)) AS `deviation`,
  STDDEV_SAMP((`ranked_rows`.`value_4` + 0e0)) AS `deviation_of_one`,
  MAX(CASE WHEN `ranked_rows`.`rank_5` = 1 THEN `ranked_rows`.`value_5` END) AS `first_amount`,
  COUNT(DISTINCT `ranked_rows`.`value_6`) AS `customers`
FROM (
  SELECT
    (`orders`.`items` + 0e0) AS `value_1`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN (`orders`.`items` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders`.`items` + 0e0) ASC) AS `rank_1`,
    COUNT((`orders`.`items` + 0e0)) OVER () AS `values_1`,
    (CASE WHEN `orders`.`items` < 0 THEN `orders`.`amount` END + 0e0) AS `value_2`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN (CASE WHEN `orders`.`items` < 0 THEN `orders`.`amount` END + 0e0) IS NULL THEN 1 ELSE 0 END, (CASE WHEN `orders`.`items` < 0 THEN `orders`.`amount` END + 0e0) ASC) AS `rank_2`,
    COUNT((CASE WHEN `orders`.`items` < 0 THEN `orders`.`amount` END + 0e0)) OVER () AS `values_2`,
    `orders`.`weight` AS `value_3`,
    CASE WHEN `orders`.`order_id` = 9007199254740993 THEN `orders`.`amount` END AS `value_4`,
    CASE WHEN `orders`.`ordered_at` IS NOT NULL THEN `orders`.`amount` END AS `value_5`,
    ROW_NUMBER() OVER (ORDER BY CASE WHEN `orders`.`amount` IS NULL OR `orders`.`ordered_at` IS NULL THEN 1 ELSE 0 END, `orders`.`ordered_at` ASC, `orders`.`amount` ASC) AS `rank_5`,
    `orders`.`customer_id` AS `value_6`
  FROM `orders`
) AS `ranked_rows`;

-- groups by period, chosen by their key
SELECT
  DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) AS `month`,
  COUNT(*) AS `orders`
FROM `orders`
GROUP BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY), (WEEKDAY(`orders`.`ordered_at`) + 1)
HAVING MIN(DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY)) >= DATE '2008-06-01' OR COUNT(*) > 8 OR MIN((WEEKDAY(`orders`.`ordered_at`) + 1)) = 7
ORDER BY DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) IS NULL ASC, DATE_SUB(DATE(`orders`.`ordered_at`), INTERVAL DAYOFMONTH(`orders`.`ordered_at`) - 1 DAY) ASC, (WEEKDAY(`orders`.`ordered_at`) + 1) DESC;

-- rows in the order of figures over their related rows
SELECT
  `customer`.`customer_id`,
  `country`.`country_name` AS `country`
FROM `customer`
LEFT JOIN `country` ON `country`.`code` = `customer`.`country_code`
LEFT JOIN (
  SELECT
    `orders`.`payer_id` AS `figure_key`,
    MAX(`orders`.`amount`) AS `figure`
  FROM `orders`
  GROUP BY `orders`.`payer_id`
) AS `ordersByPayerId_figure` ON `ordersByPayerId_figure`.`figure_key` = `customer`.`customer_id`
LEFT JOIN (
  SELECT
    `orders_2`.`customer_id` AS `figure_key`,
    COUNT(*) AS `figure`
  FROM `orders` AS `orders_2`
  GROUP BY `orders_2`.`customer_id`
) AS `ordersByCustomerId_figure` ON `ordersByCustomerId_figure`.`figure_key` = `customer`.`customer_id`
LEFT JOIN (
  SELECT
    `customer_2`.`country_code` AS `figure_key`,
    COUNT(DISTINCT `customer_2`.`born`) AS `figure`
  FROM `customer` AS `customer_2`
  GROUP BY `customer_2`.`country_code`
) AS `country_customer_figure` ON `country_customer_figure`.`figure_key` = `country`.`code`
LEFT JOIN (
  SELECT
    `ranked_rows`.`group_1` AS `figure_key`,
    ((AVG(CASE WHEN 2 * `ranked_rows`.`rank_1` BETWEEN `ranked_rows`.`values_1` AND `ranked_rows`.`values_1` + 2 THEN `ranked_rows`.`value_1` END) + 0e0) / NULLIF(COUNT(`ranked_rows`.`value_2`), 0)) AS `figure`
  FROM (
    SELECT
      `orders_3`.`customer_id` AS `group_1`,
      (`orders_3`.`items` + 0e0) AS `value_1`,
      ROW_NUMBER() OVER (PARTITION BY `orders_3`.`customer_id` ORDER BY CASE WHEN (`orders_3`.`items` + 0e0) IS NULL THEN 1 ELSE 0 END, (`orders_3`.`items` + 0e0) ASC) AS `rank_1`,
      COUNT((`orders_3`.`items` + 0e0)) OVER (PARTITION BY `orders_3`.`customer_id`) AS `values_1`,
      CASE WHEN `orders_3`.`amount` > 100 THEN 1 END AS `value_2`
    FROM `orders` AS `orders_3`
  ) AS `ranked_rows`
  GROUP BY `ranked_rows`.`group_1`
) AS `ordersByCustomerId_figure_2` ON `ordersByCustomerId_figure_2`.`figure_key` = `customer`.`customer_id`
ORDER BY `ordersByPayerId_figure`.`figure` IS NULL DESC, `ordersByPayerId_figure`.`figure` DESC, COALESCE(`ordersByCustomerId_figure`.`figure`, 0) IS NULL ASC, COALESCE(`ordersByCustomerId_figure`.`figure`, 0) ASC, COALESCE(`country_customer_figure`.`figure`, 0) DESC, `ordersByCustomerId_figure_2`.`figure` DESC, `customer`.`customer_id` ASC
LIMIT 30
OFFSET 2;

-- a page of each group, in the order of related figures
SELECT `ranked`.`country_code`, `ranked`.`customer_id`
FROM (
  SELECT
    `customer`.`country_code`,
    `customer`.`customer_id`,
    `customer`.`country_code` AS `group_1`,
    ROW_NUMBER() OVER (PARTITION BY `customer`.`country_code` ORDER BY COALESCE(`ordersByCustomerId_figure`.`figure`, 0) DESC, `customer`.`customer_id` ASC) AS `rank_in_group`
  FROM `customer`
  LEFT JOIN (
    SELECT
      `orders`.`customer_id` AS `figure_key`,
      COUNT(*) AS `figure`
    FROM `orders`
    GROUP BY `orders`.`customer_id`
  ) AS `ordersByCustomerId_figure` ON `ordersByCustomerId_figure`.`figure_key` = `customer`.`customer_id`
) AS `ranked`
WHERE `ranked`.`rank_in_group` > 0 AND `ranked`.`rank_in_group` <= 3
ORDER BY `ranked`.`group_1` IS NULL ASC, `ranked`.`group_1` ASC, `ranked`.`rank_in_group` ASC;

-- lists and structures
SELECT
  `customer`.`customer_id`,
  `customer`.`tags`,
  `customer`.`tags` AS `words`
FROM `customer`
WHERE `customer`.`tags` IS NOT NULL
ORDER BY `customer`.`customer_id` ASC
LIMIT 5;

-- values that are none of some
SELECT `customer`.`customer_id`
FROM `customer`
WHERE NOT (`customer`.`name` IN ('Customer 3', 'a\\b'))
ORDER BY `customer`.`customer_id` ASC;

-- values of every type
SELECT `orders`.`order_id`
FROM `orders`
LEFT JOIN `customer` ON `customer`.`customer_id` = `orders`.`customer_id`
WHERE `orders`.`order_id` < 9007199254741500
  AND `orders`.`amount` <> 12.37
  AND `orders`.`weight` <= 7.5
  AND `orders`.`items` > 0
  AND `orders`.`ordered_at` >= DATE '2007-12-01'
  AND `orders`.`ordered_at` < TIMESTAMP '2008-12-31 23:59:59.999999'
  AND `customer`.`active` = true
  AND `customer`.`name` <> 'O''Neil; DROP TABLE orders; -- \\'
  AND `orders`.`payer_id` IS NOT NULL
ORDER BY `orders`.`order_id` ASC
LIMIT 100;
