using System.Text.Json.Nodes;

namespace RagStudio.Data;

/// <summary>Creates, edits and deletes knowledge bases together with the events that tell of it.</summary>
/// <remarks>
/// <para>Thread-safe. The events are in the stream <c>knowledge_base</c> of the version's id:
/// <see cref="CreatedType"/>, <see cref="EditedType"/> and <see cref="DeletedType"/>.</para>
/// <para>In one database, row and event are committed as one. In two databases, they are committed in the order that
/// leaves no event without its knowledge base: rows first, but the event of a deletion before it. A power failure in
/// between leaves a change without its event, or a deleted event of a knowledge base that is still there; repeat the
/// deletion then.</para>
/// </remarks>
/// <param name="transactions">Begins the transactions.</param>
public sealed class KnowledgeBaseEditor(RagStudioTransactions transactions)
{
    /// <summary>The type of the streams.</summary>
    public const string AggregateType = "knowledge_base";

    /// <summary>The event of a new version.</summary>
    public const string CreatedType = "knowledge_base.created";

    /// <summary>The event of a change; its data has the old and the new value of each property that changed.</summary>
    public const string EditedType = "knowledge_base.edited";

    /// <summary>The event of a deletion.</summary>
    public const string DeletedType = "knowledge_base.deleted";

    /// <summary>Creates the next version of a knowledge base, or the first if there is none of this name.</summary>
    /// <returns>The version as it is stored.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size or overlap is out of range.</exception>
    /// <exception cref="PartialCommitException">It is created, but its event could not be appended.</exception>
    public async Task<KnowledgeBase> CreateVersionAsync(
        NewKnowledgeBase added,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    )
    {
        var transaction = await transactions
            .BeginAsync(TransactionKind.AppMetaThenEvents, cancellationToken)
            .ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var row = await transaction.KnowledgeBases.CreateVersionAsync(added, cancellationToken).ConfigureAwait(false);
        var data = new JsonObject
        {
            ["kb_id"] = row.Id,
            ["version"] = row.Version,
            ["chunk_size"] = row.ChunkSize,
            ["chunk_overlap"] = row.ChunkOverlap,
        };
        await AppendAsync(transaction, row.Id, CreatedType, data, origin, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>Changes a version, with an event that holds the old and the new values.</summary>
    /// <inheritdoc cref="KnowledgeBaseRepository.EditAsync"/>
    /// <exception cref="PartialCommitException">It is changed, but its event could not be appended.</exception>
    public async Task<KnowledgeBase?> EditAsync(
        string id,
        Action<KnowledgeBase> edit,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    )
    {
        var transaction = await transactions
            .BeginAsync(TransactionKind.AppMetaThenEvents, cancellationToken)
            .ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var before = await transaction.KnowledgeBases.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var after = await transaction.KnowledgeBases.EditAsync(id, edit, cancellationToken).ConfigureAwait(false);
        if (before is null || after is null)
        {
            return null;
        }

        var data = new JsonObject { ["kb_id"] = id, ["changes"] = Changes(before, after) };
        await AppendAsync(transaction, id, EditedType, data, origin, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return after;
    }

    /// <summary>
    /// Deletes a version with its documents and chunks, with an event. Runs that filled it are kept, without it.
    /// </summary>
    /// <returns>False, with nothing written, if there is no such version.</returns>
    /// <exception cref="PartialCommitException">The event is appended, but the version is still there: repeat the call.</exception>
    public async Task<bool> DeleteAsync(
        string id,
        EventOrigin origin = default,
        CancellationToken cancellationToken = default
    )
    {
        var transaction = await transactions
            .BeginAsync(TransactionKind.EventsThenAppMeta, cancellationToken)
            .ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        if (!await transaction.KnowledgeBases.DeleteAsync(id, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var data = new JsonObject { ["kb_id"] = id };
        await AppendAsync(transaction, id, DeletedType, data, origin, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static Task<long> AppendAsync(
        RagStudioTransaction transaction,
        string id,
        string type,
        JsonObject data,
        EventOrigin origin,
        CancellationToken cancellationToken
    ) =>
        transaction.Events.AppendAsync(
            new StreamId(AggregateType, id),
            [new NewEvent(type, data.ToJsonString()) { Origin = origin }],
            ExpectedVersion.Any,
            cancellationToken
        );

    private static JsonObject Changes(KnowledgeBase before, KnowledgeBase after)
    {
        var changes = new JsonObject();
        Add("status", Text(before), Text(after));
        Add("embedder_model", before.EmbedderModel, after.EmbedderModel);
        Add("chunk_size", before.ChunkSize, after.ChunkSize);
        Add("chunk_overlap", before.ChunkOverlap, after.ChunkOverlap);
        Add("description", before.Description, after.Description);
        Add("metadata", before.Metadata, after.Metadata);
        Add("health_score", before.HealthScore, after.HealthScore);
        return changes;

        static string Text(KnowledgeBase row) => EnumTextConverter<KnowledgeBaseStatus>.Write(row.Status);

        void Add<T>(string name, T from, T to)
        {
            if (!EqualityComparer<T>.Default.Equals(from, to))
            {
                changes[name] = new JsonObject { ["from"] = JsonValue.Create(from), ["to"] = JsonValue.Create(to) };
            }
        }
    }
}
