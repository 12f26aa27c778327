using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>Turns what a database answers into a <see cref="RowRefusedException"/>.</summary>
internal static class TypedErrors
{
    /// <summary>Runs work that writes.</summary>
    public static async Task<T> TypeErrorsAsync<T>(this IInfrastructure<IServiceProvider> context, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (Find(context.GetService<ICurrentDbContext>().Context, failure) is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>The exception for a failure; <see langword="null"/> if the database did not refuse anything.</summary>
    public static RowRefusedException? Find(DbContext context, Exception failure) =>
        failure is not RowRefusedException
        && (failure as DbException ?? (failure as DbUpdateException)?.InnerException as DbException) is { } answer
        && StorageProvider.Of(context).Classify(answer, context.Model) is { } reason
            ? new RowRefusedException(reason, answer)
            : null;
}

/// <summary>EF runs each of its own operations through it: queries, SaveChanges, ExecuteUpdate. It repeats nothing.</summary>
internal sealed class TypedErrorStrategy(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(
        TState state,
        Func<DbContext, TState, TResult> operation,
        Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded
    )
    {
        try
        {
            return operation(dependencies.CurrentContext.Context, state);
        }
        catch (Exception failure) when (TypedErrors.Find(dependencies.CurrentContext.Context, failure) is { } refused)
        {
            throw refused;
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await operation(dependencies.CurrentContext.Context, state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (TypedErrors.Find(dependencies.CurrentContext.Context, failure) is { } refused)
        {
            throw refused;
        }
    }
}
