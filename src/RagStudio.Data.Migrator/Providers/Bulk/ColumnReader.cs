using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>Reads a column as EF does, before the conversion to the model's value.</summary>
public static class ColumnReader
{
    /// <summary>Creates the function that reads a column which is not NULL.</summary>
    /// <param name="mapping">The column's mapping.</param>
    /// <returns>The function of a reader and of the column's index.</returns>
    public static Func<DbDataReader, int, object> Create(RelationalTypeMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var reader = Expression.Parameter(typeof(DbDataReader));
        var index = Expression.Parameter(typeof(int));
        var method = mapping.GetDataReaderMethod();
        var instance = method.DeclaringType!.IsAssignableFrom(typeof(DbDataReader))
            ? (Expression)reader
            : Expression.Convert(reader, method.DeclaringType);
        var read = mapping.CustomizeDataReaderExpression(Expression.Call(instance, method, index));
        return Expression
            .Lambda<Func<DbDataReader, int, object>>(Expression.Convert(read, typeof(object)), reader, index)
            .Compile();
    }
}
