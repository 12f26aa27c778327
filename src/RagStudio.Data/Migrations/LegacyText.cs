using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrations;

// Rewrites what the first releases stored, in one statement per column. Applied migrations are built from this: it
// must never change. Tables and columns are named by those migrations only.
internal static class LegacyText
{
    private const string Fixed = "'____-__-__T__:__:__._______Z'";

    /// <summary>Turns every time that SQLite can read, whatever its offset, into UTC of fixed width; others stay.</summary>
    public static void NormaliseTimes(this MigrationBuilder migration, string table, params string[] columns)
    {
        foreach (var column in columns)
        {
            // What follows the seconds is an optional fraction and an optional zone.
            var rest = $"""substr("{column}", 20)""";
            var zone = $"""
                CASE WHEN "{column}" LIKE '%Z' THEN 'Z'
                     WHEN "{column}" LIKE '%+__:__' OR "{column}" LIKE '%:__%-__:__' THEN substr("{column}", -6)
                     ELSE '' END
                """;
            var fraction = $"""
                CASE WHEN {rest} LIKE '.%' THEN substr({rest}, 2, length({rest}) - 1 - length({zone})) ELSE '' END
                """;
            var seconds = $"""strftime('%Y-%m-%dT%H:%M:%S', substr("{column}", 1, 19) || {zone})""";
            migration.Sql(
                $"""
                UPDATE "{table}"
                SET "{column}" = {seconds} || '.' || substr({fraction} || '0000000', 1, 7) || 'Z'
                WHERE "{column}" NOT LIKE {Fixed} AND {seconds} IS NOT NULL;
                """
            );
        }
    }

    /// <summary>Writes times as EF Core does by itself; the offset that they once had is not known any more.</summary>
    public static void RestoreTimes(this MigrationBuilder migration, string table, params string[] columns)
    {
        foreach (var column in columns)
        {
            migration.Sql(
                $"""
                UPDATE "{table}"
                SET "{column}" = rtrim(rtrim(replace(substr("{column}", 1, 27), 'T', ' '), '0'), '.') || '+00:00'
                WHERE "{column}" LIKE {Fixed};
                """
            );
        }
    }

    /// <summary>Keeps text that is not JSON as the only member of an object.</summary>
    public static void WrapInvalidJson(this MigrationBuilder migration, string table, params string[] columns)
    {
        foreach (var column in columns)
        {
            migration.Sql(
                $"""
                UPDATE "{table}" SET "{column}" = json_object('unparsed', "{column}")
                WHERE "{column}" IS NOT NULL AND NOT json_valid("{column}");
                """
            );
        }
    }

    /// <summary>Takes the text out of exactly such objects as <see cref="WrapInvalidJson"/> makes.</summary>
    public static void UnwrapInvalidJson(this MigrationBuilder migration, string table, params string[] columns)
    {
        foreach (var column in columns)
        {
            var unparsed = $"""json_extract("{column}", '$.unparsed')""";
            migration.Sql(
                $"""
                UPDATE "{table}" SET "{column}" = {unparsed}
                WHERE CASE WHEN json_valid("{column}") THEN "{column}" = json_object('unparsed', {unparsed})
                    AND NOT json_valid({unparsed}) END;
                """
            );
        }
    }

    /// <summary>Writes hexadecimal digits as today's code compares them.</summary>
    public static void LowerHex(this MigrationBuilder migration, string table, string column) =>
        migration.Sql($"""UPDATE "{table}" SET "{column}" = lower("{column}") WHERE "{column}" GLOB '*[A-F]*';""");

    /// <summary>Writes hexadecimal digits as the first releases did.</summary>
    public static void UpperHex(this MigrationBuilder migration, string table, string column) =>
        migration.Sql($"""UPDATE "{table}" SET "{column}" = upper("{column}") WHERE "{column}" GLOB '*[a-f]*';""");
}
