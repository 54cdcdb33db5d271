/* The plain way to bring a wide CSV of air samples into a diary: read a line, bind, step.
 *
 *   cc -O2 -o import import.c -lsqlite3 && ./import DIARY FILE.csv
 *
 * Binds what 'skin2vec import air' binds, into the same table, with the same statement, key and
 * pragmas, in one transaction; it checks and derives nothing, and trusts every line.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANNELS = 8, LINE = 4096 };

static const char *INSERTION =
    "INSERT INTO air (time_utc_us, nudged_us, part, boot, boot_us, clock, offered, flags, raw,"
    " temperature_celsius, humidity_percent, pm1_ug_m3, pm2_5_ug_m3, pm4_ug_m3, pm10_ug_m3,"
    " voc_index, nox_index, co2_ppm, pressure_pascals)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

static sqlite3 *db;

static void fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(1);
}

static void run(const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sql);
}

/* Days since 1970 of a date (H. Hinnant). */
static long days(int year, int month, int day)
{
    year -= month <= 2;
    long era = year / 400, of_era = year - era * 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int digits(const char *text, int count)
{
    int value = 0;
    while (count--)
        value = value * 10 + *text++ - '0';
    return value;
}

/* Microseconds since 1970 of 2026-11-20T22:14:03Z. */
static sqlite3_int64 moment(const char *text)
{
    long day = days(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
    long second = digits(text + 11, 2) * 3600 + digits(text + 14, 2) * 60 + digits(text + 17, 2);
    return (day * 86400LL + second) * 1000000LL;
}

int main(int count, char **arguments)
{
    static char line[LINE];
    if (count != 3) {
        fprintf(stderr, "usage: import DIARY FILE.csv\n");
        return 64;
    }
    FILE *file = fopen(arguments[2], "r");
    if (!file || sqlite3_open(arguments[1], &db) != SQLITE_OK)
        fail("open");
    run("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL;"
        "PRAGMA wal_autocheckpoint = 1000; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;"
        "INSERT OR IGNORE INTO boot (boot_id) VALUES ('import');"
        "INSERT OR IGNORE INTO part (name) VALUES ('bench')");
    sqlite3_stmt *insertion;
    if (sqlite3_prepare_v2(db, INSERTION, -1, &insertion, NULL) != SQLITE_OK)
        fail("prepare");
    /* nudged_us, part, boot, boot_us, clock, offered; what is not bound is null. */
    const sqlite3_int64 fixed[] = {0, 1, 1, 0, 0, (1 << CHANNELS) - 1};
    for (int index = 0; index < 6; index++)
        sqlite3_bind_int64(insertion, index + 2, fixed[index]);
    long rows = 0;
    if (!fgets(line, LINE, file))
        fail("header");
    while (fgets(line, LINE, file)) {
        sqlite3_bind_int64(insertion, 1, moment(line));
        char *next = strchr(line, ',');
        next = next ? strchr(next + 1, ',') : NULL;
        for (int index = 0; index < CHANNELS && next; index++)
            sqlite3_bind_double(insertion, index + 10, strtod(next + 1, &next));
        if (sqlite3_step(insertion) != SQLITE_DONE)
            fail("insert");
        sqlite3_reset(insertion);
        rows++;
    }
    run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_finalize(insertion);
    sqlite3_close(db);
    printf("%ld\n", rows);
    return 0;
}
