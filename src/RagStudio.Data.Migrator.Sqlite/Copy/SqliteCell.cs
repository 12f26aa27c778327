using System.Data.Common;
using System.Text;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>
/// Reads a column with its storage class checked: SQLite would convert what another program has stored in a column of
/// another type, to 0 or to an empty text if need be.
/// </summary>
internal sealed class SqliteCell(BulkColumn column)
{
    private static readonly UnreadableValue NotUtf8 = new("is no UTF-8");

    private readonly Func<DbDataReader, int, object> _read = ColumnReader.Create(column.Mapping);
    private readonly bool _isText =
        (column.Mapping.Converter?.ProviderClrType ?? column.Mapping.ClrType) == typeof(string);
    private readonly int[] _classes = ClassesOf(column.Mapping.Converter?.ProviderClrType ?? column.Mapping.ClrType);

    public object? Read(SqliteDataReader reader, int index)
    {
        var found = raw.sqlite3_column_type(reader.Handle, index);
        if (found == raw.SQLITE_NULL)
        {
            return null;
        }
        if (_classes.Length > 0 && !_classes.Contains(found))
        {
            return new UnreadableValue(
                $"is stored as {Name(found)}, not as {string.Join(" or ", _classes.Select(Name))}"
            );
        }
        if (found == raw.SQLITE_TEXT)
        {
            var text = TextOf(reader, index);
            if (!Utf8.IsValid(text))
            {
                return NotUtf8;
            }
            if (_isText)
            {
                // The driver ends a text at its first NUL character.
                return Encoding.UTF8.GetString(text);
            }
        }
        try
        {
            return _read(reader, index);
        }
        // Whatever the application's or EF's conversions throw: the value is told, and nothing is copied.
        catch (Exception failure)
        {
            return new UnreadableValue($"cannot be read ({failure.GetType().Name})");
        }
    }

    private static ReadOnlySpan<byte> TextOf(SqliteDataReader reader, int index)
    {
        // First, because it converts a file of UTF-16.
        _ = raw.sqlite3_column_text(reader.Handle, index);
        return raw.sqlite3_column_blob(reader.Handle, index);
    }

    /// <returns>The storage classes that hold a type; empty if only its reader knows.</returns>
    private static int[] ClassesOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string)
            || plain == typeof(decimal)
            || plain == typeof(DateTime)
            || plain == typeof(DateTimeOffset)
            || plain == typeof(DateOnly)
            || plain == typeof(TimeOnly)
            || plain == typeof(TimeSpan)
                ? [raw.SQLITE_TEXT]
            : plain == typeof(Guid) ? [raw.SQLITE_TEXT, raw.SQLITE_BLOB]
            : plain == typeof(byte[]) ? [raw.SQLITE_BLOB]
            : plain == typeof(double) || plain == typeof(float) ? [raw.SQLITE_FLOAT, raw.SQLITE_INTEGER]
            : plain.IsPrimitive && plain != typeof(char) || plain.IsEnum ? [raw.SQLITE_INTEGER]
            : [];
    }

    private static string Name(int storageClass) =>
        storageClass switch
        {
            raw.SQLITE_INTEGER => "INTEGER",
            raw.SQLITE_FLOAT => "REAL",
            raw.SQLITE_TEXT => "TEXT",
            _ => "BLOB",
        };
}
