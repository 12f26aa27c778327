using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Creates an enum with the values that later migrations of the same run add: within one transaction only the values
/// that a type was created with can be used
/// (https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES).
/// </summary>
/// <param name="database">The database with the migrations.</param>
/// <param name="versions">The migrations that the run applies.</param>
internal sealed class EnumValues(IPostgreSqlDatabase database, IReadOnlyList<string> versions)
{
    /// <summary>Npgsql's annotation: the name of the type follows, with its schema if it has one.</summary>
    private const string Annotation = "Npgsql:Enum:";

    private readonly Lazy<IReadOnlyDictionary<string, string[]>> _final = new(() => Find(database, versions));

    /// <summary>Completes a statement that creates an enum.</summary>
    /// <returns>The statement; the given one if there is nothing to complete.</returns>
    public string Complete(string sql)
    {
        var tokens = Tokens.Read(sql);
        var open = IndexOfLabels(tokens);
        if (open < 0 || !_final.Value.TryGetValue(NameOf(tokens.Take(open - 2).Skip(2)), out var all))
        {
            return sql;
        }

        var close = Enumerable.Range(open, tokens.Count - open).First(i => tokens[i].Is(')'));
        var labels = tokens.Take(close).Skip(open + 1).Where(token => token.Kind == TokenKind.Literal).Select(Unquote);
        // A label that disappears was renamed or removed by hand.
        return labels.Except(all, StringComparer.Ordinal).Any()
            ? sql
            : $"{sql[..tokens[open].End]}{string.Join(", ", all.Select(PostgreSqlText.Literal))}{sql[tokens[close].Start..]}";
    }

    /// <summary>Changes a statement that adds a value into one that leaves an existing one alone.</summary>
    public static string IfNotExists(string sql)
    {
        var tokens = Tokens.Read(sql);
        var value = Enumerable.Range(0, tokens.Count).First(i => tokens[i].Is("VALUE"));
        return value + 1 < tokens.Count && tokens[value + 1].Is("IF")
            ? sql
            : $"{sql[..tokens[value].End]} IF NOT EXISTS{sql[tokens[value].End..]}";
    }

    private static Dictionary<string, string[]> Find(IPostgreSqlDatabase database, IReadOnlyList<string> versions)
    {
        var found = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var applied = versions.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var annotations = database
            .Migrations.Where(known => applied.Contains(known.Version))
            .SelectMany(known => known.Create(database.EFProvider).UpOperations.OfType<AlterDatabaseOperation>())
            .SelectMany(operation => operation.GetAnnotations())
            .Where(annotation => annotation.Name.StartsWith(Annotation, StringComparison.Ordinal));
        foreach (var annotation in annotations)
        {
            found[annotation.Name[Annotation.Length..]] = ((string)annotation.Value!).Split(',');
        }

        return found;
    }

    /// <summary>Finds the parenthesis of <c>CREATE TYPE name AS ENUM (</c>; -1 in any other statement.</summary>
    private static int IndexOfLabels(IReadOnlyList<Token> tokens)
    {
        var open = Enumerable.Range(0, tokens.Count).FirstOrDefault(i => tokens[i].Is('('), -1);
        var creates = open >= 5 && tokens[0].Is("CREATE") && tokens[1].Is("TYPE");
        return creates && tokens[open - 2].Is("AS") && tokens[open - 1].Is("ENUM") ? open : -1;
    }

    private static string NameOf(IEnumerable<Token> name) =>
        string.Concat(
            name.Select(token =>
                token.Kind switch
                {
                    TokenKind.Quoted => token.Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
                    TokenKind.Word => token.Text.ToLowerInvariant(),
                    _ => token.Text,
                }
            )
        );

    private static string Unquote(Token literal) => literal.Text[1..^1].Replace("''", "'", StringComparison.Ordinal);
}
