using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The tables and views of a database, or of a whole storage, except those that EF and the migrator maintain.
/// Text of definitions is in the provider's canonical form, so two texts with the same meaning are equal.
/// </summary>
/// <param name="Tables">The tables, sorted by name.</param>
/// <param name="Views">The views, sorted by name.</param>
public sealed record DatabaseSchema(IReadOnlyList<TableSchema> Tables, IReadOnlyList<SchemaObject> Views)
{
    /// <summary>What else migrations create in the storage, sorted by kind and name.</summary>
    /// <value>Default: nothing.</value>
    [JsonIgnore]
    public IReadOnlyList<DatabaseObject> Objects { get; init; } = [];

    /// <summary>
    /// The statements that recreate the schema, in order. The provider's own data, which is not compared.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>The schema of a database without any table.</summary>
    public static DatabaseSchema Empty { get; } = new([], []);

    /// <summary>Compares the names of tables, columns and other objects. Set after the tables, which get it too.</summary>
    /// <value>Default: by <see cref="StringComparer.OrdinalIgnoreCase"/>.</value>
    [JsonIgnore]
    public StringComparer Names
    {
        get;
        init
        {
            field = value;
            Tables = [.. Tables.Select(table => table with { Names = value })];
        }
    } = StringComparer.OrdinalIgnoreCase;

    /// <summary>Joins the schemas of the databases of one storage.</summary>
    internal static DatabaseSchema Join(IReadOnlyCollection<DatabaseSchema> schemas) =>
        new([.. schemas.SelectMany(schema => schema.Tables)], [.. schemas.SelectMany(schema => schema.Views)])
        {
            Objects = [.. schemas.SelectMany(schema => schema.Objects)],
        };

    /// <summary>Sorts what has no order: a column that was added later is the last, one that a rebuild has made is not.</summary>
    internal DatabaseSchema InOrder() => this with { Tables = [.. Tables.Select(table => table.InOrder())] };

    /// <summary>Finds a table by name; <see langword="null"/> if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The table.</returns>
    public TableSchema? Find(string name) => Tables.FirstOrDefault(table => Names.Equals(table.Name, name));
}
