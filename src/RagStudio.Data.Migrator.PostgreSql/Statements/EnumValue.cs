namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>A value that a statement adds to an enum: <c>ALTER TYPE … ADD VALUE</c>.</summary>
/// <param name="Type">The type, as written.</param>
/// <param name="Label">The value.</param>
/// <param name="IfNotExists">True if a value that exists is no error.</param>
/// <param name="Neighbor">The value beside it; <see langword="null"/> to add it at the end.</param>
/// <param name="IsBefore">True if it stands before its neighbor.</param>
internal sealed record EnumValue(string Type, string Label, bool IfNotExists, string? Neighbor, bool IsBefore)
{
    /// <summary>The schema of the type with its dot, as written; empty if there is none.</summary>
    public string SchemaPrefix => Type[..Tokens.Read(Type)[^1].Start];

    /// <summary>Inserts the value into those of the type.</summary>
    /// <exception cref="InvalidOperationException">It is there already, or its neighbor is not.</exception>
    public IReadOnlyList<string> InsertInto(List<string> labels)
    {
        if (labels.Contains(Label))
        {
            return IfNotExists
                ? labels
                : throw new InvalidOperationException($"The enum {Type} has the value '{Label}' already.");
        }
        var neighbor = Neighbor is null ? labels.Count : labels.IndexOf(Neighbor);
        if (neighbor < 0)
        {
            throw new InvalidOperationException($"The enum {Type} has no value '{Neighbor}'.");
        }
        var at = Neighbor is null || IsBefore ? neighbor : neighbor + 1;
        return [.. labels[..at], Label, .. labels[at..]];
    }
}
