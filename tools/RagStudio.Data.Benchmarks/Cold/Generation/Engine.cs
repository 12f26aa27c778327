namespace RagStudio.Data.Benchmarks;

/// <summary>What differs between engines in the code that EF generates for a context.</summary>
/// <param name="Using">The namespaces.</param>
/// <param name="Use">The call that gives the engine to EF, without its arguments.</param>
/// <param name="Add">The call that adds a database to the migrator, without its arguments.</param>
/// <param name="Nowhere">The connection string of a database that nobody opens.</param>
/// <param name="Identity">The annotation of a column with generated numbers.</param>
/// <param name="UseIdentity">The same in a model.</param>
/// <param name="Types">The store type of each CLR type.</param>
internal sealed record Engine(
    string Using,
    string Use,
    string Add,
    string Nowhere,
    string Identity,
    string UseIdentity,
    IReadOnlyDictionary<string, string> Types
)
{
    public static Engine Sqlite { get; } =
        new(
            "using RagStudio.Data.Migrator.Sqlite;",
            "UseSqlite",
            "AddSqliteDatabase<GeneratedContext>",
            "Data Source=nowhere.db",
            "\"Sqlite:Autoincrement\", true",
            "SqlitePropertyBuilderExtensions.UseAutoincrement(b.Property<int>(\"Id\"));",
            new Dictionary<string, string>
            {
                ["int"] = "INTEGER",
                ["string"] = "TEXT",
                ["double"] = "REAL",
                ["DateTime"] = "TEXT",
            }
        );

    public static Engine PostgreSql { get; } =
        new(
            "using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;",
            "UseNpgsql",
            "AddPostgreSqlDatabase<GeneratedContext>",
            "Host=localhost",
            "\"Npgsql:ValueGenerationStrategy\", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn",
            "NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property<int>(\"Id\"));",
            new Dictionary<string, string>
            {
                ["int"] = "integer",
                ["string"] = "text",
                ["double"] = "double precision",
                ["DateTime"] = "timestamp with time zone",
            }
        );
}
