using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrations;

// Rewrites what the first releases stored, with one statement per column. Applied migrations are built from
// this: it must never change. Only those migrations supply table and column names.
internal static class LegacyText
{
    private const string Fixed = "'____-__-__T__:__:__._______Z'";

    /// <summary>
    /// Converts every time that SQLite can read, whatever its offset, to UTC of fixed width; other text stays
    /// unchanged.
    /// </summary>
    public static void NormaliseTimes(this MigrationBuilder migration, string table, params string[] columns)
    {
        foreach (var column in columns)
        {
            // The seconds are followed by an optional fraction and an optional zone.
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

    /// <summary>Writes times in EF Core's default format; their original offset is no longer known.</summary>
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

    /// <summary>Wraps text that is not JSON as the only member of an object.</summary>
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

    /// <summary>
    /// Extracts the text from objects of exactly the form that <see cref="WrapInvalidJson"/> creates.
    /// </summary>
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

    /// <summary>Writes hexadecimal digits in lower case, as today's code compares them.</summary>
    public static void LowerHex(this MigrationBuilder migration, string table, string column) =>
        migration.Sql($"""UPDATE "{table}" SET "{column}" = lower("{column}") WHERE "{column}" GLOB '*[A-F]*';""");

    /// <summary>Writes hexadecimal digits in upper case, as the first releases did.</summary>
    public static void UpperHex(this MigrationBuilder migration, string table, string column) =>
        migration.Sql($"""UPDATE "{table}" SET "{column}" = upper("{column}") WHERE "{column}" GLOB '*[a-f]*';""");
}
