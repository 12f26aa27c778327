using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>
/// Thrown when the database refuses what a call writes. Nothing of that call was written. The inner exception is the
/// database's own.
/// </summary>
public sealed class RowRefusedException : DbUpdateException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="answer">The database's own exception.</param>
    public RowRefusedException(RowRefusal reason, DbException answer)
        : base($"{Describe(reason)} Nothing was written. The database says: {FirstLine(answer)}", answer) =>
        Reason = reason;

    /// <summary>The reason.</summary>
    public RowRefusal Reason { get; }

    /// <summary>A server's further lines may quote a row.</summary>
    private static string FirstLine(DbException answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Message.Split('\n')[0];
    }

    private static string Describe(RowRefusal reason) =>
        reason switch
        {
            RowRefusal.InvalidValue => "A value is not valid JSON, or is not allowed in its column: correct it.",
            RowRefusal.ForeignKey => "A row that is referred to does not exist, or is still referred to.",
            RowRefusal.ExistingKey => "The key exists already: choose another.",
            RowRefusal.Duplicate => "A value that must be unique exists already: choose another.",
            RowRefusal.Busy => "Others held what the call needs: try again.",
            _ => "The database takes no writes: see why, then try again.",
        };
}
