namespace RagStudio.Data.Migrator.Providers;

/// <summary>A row of a query while it is being read: valid only within the call that it is given to.</summary>
public interface IDataRow
{
    /// <summary>Whether a column is NULL.</summary>
    /// <param name="column">The column's place in the query, from 0.</param>
    /// <returns>Whether it is.</returns>
    bool IsNull(int column);

    /// <summary>A column as a number; 0 where it is NULL or none.</summary>
    /// <param name="column">The column's place in the query, from 0.</param>
    /// <returns>The number.</returns>
    long GetInt64(int column);

    /// <summary>A column as text; empty where it is NULL.</summary>
    /// <param name="column">The column's place in the query, from 0.</param>
    /// <returns>The text.</returns>
    string GetString(int column);

    /// <summary>A column as the UTF-8 bytes of its text, without a copy; empty where it is NULL.</summary>
    /// <param name="column">The column's place in the query, from 0.</param>
    /// <returns>The bytes, valid until the call returns.</returns>
    ReadOnlySpan<byte> GetUtf8(int column);
}
