using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Renders a schema as the text that fingerprints are computed from. It equals the output of a serializer,
/// which would take longer to start than everything else in a status. Every recorded fingerprint depends on
/// it.
/// </summary>
internal static class SchemaJson
{
    public static byte[] Write(DatabaseSchema schema)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8))
        {
            json.WriteStartObject();
            json.WriteArray(nameof(schema.Tables), schema.Tables, Write);
            json.WriteArray(nameof(schema.Views), schema.Views, Write);
            // Left out if there are none, as in all fingerprints from before there were any.
            if (schema.Objects.Count > 0)
            {
                json.WriteArray(nameof(schema.Objects), schema.Objects, Write);
            }
            json.WriteEndObject();
        }
        return utf8.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TableSchema table)
    {
        json.WriteString(nameof(table.Name), table.Name);
        json.WriteString(nameof(table.Traits), table.Traits);
        json.WriteArray(nameof(table.Columns), table.Columns, Write);
        json.WriteArray(nameof(table.Indexes), table.Indexes, Write);
        json.WriteArray(nameof(table.ForeignKeys), table.ForeignKeys, Write);
        json.WriteArray(nameof(table.Checks), table.Checks);
        json.WriteArray(nameof(table.Triggers), table.Triggers, Write);
        json.WriteArray(nameof(table.PrimaryKey), table.PrimaryKey);
    }

    private static void Write(Utf8JsonWriter json, ColumnSchema column)
    {
        json.WriteString(nameof(column.Name), column.Name);
        json.WriteString(nameof(column.Type), column.Type);
        json.WriteBoolean(nameof(column.IsNullable), column.IsNullable);
        json.WriteString(nameof(column.Default), column.Default);
        json.WriteNumber(nameof(column.PrimaryKeyOrder), column.PrimaryKeyOrder);
        json.WriteBoolean(nameof(column.IsComputed), column.IsComputed);
        json.WriteString(nameof(column.Collation), column.Collation);
    }

    private static void Write(Utf8JsonWriter json, IndexSchema index)
    {
        json.WriteString(nameof(index.Name), index.Name);
        json.WriteBoolean(nameof(index.IsUnique), index.IsUnique);
        json.WriteArray(nameof(index.Columns), index.Columns);
        json.WriteString(nameof(index.Filter), index.Filter);
    }

    private static void Write(Utf8JsonWriter json, ForeignKeySchema key)
    {
        json.WriteArray(nameof(key.Columns), key.Columns);
        json.WriteString(nameof(key.ParentTable), key.ParentTable);
        json.WriteArray(nameof(key.ParentColumns), key.ParentColumns);
        json.WriteString(nameof(key.OnUpdate), key.OnUpdate);
        json.WriteString(nameof(key.OnDelete), key.OnDelete);
    }

    private static void Write(Utf8JsonWriter json, DatabaseObject other)
    {
        json.WriteString(nameof(other.Kind), other.Kind);
        json.WriteString(nameof(other.Name), other.Name);
        json.WriteString(nameof(other.Definition), other.Definition);
    }

    private static void Write(Utf8JsonWriter json, SchemaObject view)
    {
        json.WriteString(nameof(view.Name), view.Name);
        json.WriteString(nameof(view.Definition), view.Definition);
    }
}
