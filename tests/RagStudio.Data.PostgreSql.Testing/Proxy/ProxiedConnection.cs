using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A connection of a client through a <see cref="CuttingProxy"/>.</summary>
internal sealed class ProxiedConnection(CuttingProxy proxy, Socket client) : IDisposable
{
    private const int CancelRequest = 80877102;
    private const int SslRequest = 80877103;
    private const int GssEncryptionRequest = 80877104;

    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _cut = new();
    private readonly StatementReader _statements = new();

    // The number of the last request that the server answers with "ready"; it answers to signing in so too.
    private int _asked = 1;
    private int _answered;
    private volatile int _firstAnswerKept = int.MaxValue;
    private volatile bool _isSilent;
    private bool _hasGotSomething = true;
    private Interruption? _interruption;

    /// <summary>Cuts it: the client sees a reset, the server the end of what the client sends.</summary>
    public void Cut() => _cut.Cancel();

    public async Task RunAsync(int serverPort)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(IPAddress.Loopback, serverPort, _cut.Token);
            await using var toClient = new NetworkStream(client);
            await using var toServer = new NetworkStream(_server);
            await PassAsync(toClient, toServer);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // One end has gone, or the connection was cut.
        }
        if (_cut.IsCancellationRequested)
        {
            client.LingerState = new LingerOption(true, 0);
        }
        client.Close();
        _server.Close();
        _interruption?.Happens();
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _cut.Dispose();
    }

    private async Task PassAsync(Stream toClient, Stream toServer)
    {
        var fromClient = new MessageReader(toClient);
        var fromServer = new MessageReader(toServer);
        if (!await SignInAsync(fromClient, toClient, fromServer, toServer))
        {
            return;
        }
        var answers = PassAnswersAsync(fromServer, toClient);
        var requests = PassRequestsAsync(fromClient, toServer);
        await await Task.WhenAny(answers, requests);
        if (!answers.IsCompleted)
        {
            // The client has closed its end; the server answers by closing its own.
            _server.Shutdown(SocketShutdown.Send);
            await answers;
        }
    }

    private async Task<bool> SignInAsync(
        MessageReader fromClient,
        Stream toClient,
        MessageReader fromServer,
        Stream toServer
    )
    {
        while (await fromClient.ReadAsync(_cut.Token, typed: false) is { } message)
        {
            await toServer.WriteAsync(message, _cut.Token);
            switch (BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(4)))
            {
                case SslRequest or GssEncryptionRequest:
                    var answer = await fromServer.ReadByteAsync(_cut.Token);
                    await toClient.WriteAsync(new[] { answer }, _cut.Token);
                    if (answer != 'N')
                    {
                        throw new NotSupportedException("The proxy reads no encrypted connections.");
                    }
                    break;
                case CancelRequest:
                    // The server closes the connection when it has passed the request on.
                    _ = await fromServer.ReadAsync(_cut.Token);
                    return false;
                default:
                    return true;
            }
        }
        return false;
    }

    private async Task PassRequestsAsync(MessageReader fromClient, Stream toServer)
    {
        Interruption? interruption = null;
        while (await NextRequestAsync(fromClient) is { } message)
        {
            if (_statements.Read(message) is { } statement && proxy.Note(statement) is { } found)
            {
                interruption = found;
                await InterruptBeforeAsync(found);
            }
            if (_isSilent)
            {
                continue;
            }
            await toServer.WriteAsync(message, _cut.Token);
            if (StatementReader.AsksForAnswer(message))
            {
                _asked++;
                InterruptAfter(interruption);
                interruption = null;
            }
        }
        await StaySilentAsync();
    }

    private async Task PassAnswersAsync(MessageReader fromServer, Stream toClient)
    {
        while (await fromServer.ReadAsync(_cut.Token) is { } message)
        {
            var isReady = message[0] == 'Z';
            if (_answered + 1 < _firstAnswerKept)
            {
                Volatile.Write(ref _hasGotSomething, true);
                await toClient.WriteAsync(message, _cut.Token);
            }
            else if (isReady && _interruption is { Fault: Fault.CutBeforeAnswer })
            {
                Cut();
            }
            _answered += isReady ? 1 : 0;
        }
        await StaySilentAsync();
    }

    private async Task<byte[]?> NextRequestAsync(MessageReader fromClient)
    {
        var waits = !fromClient.HasMessage;
        var message = await fromClient.ReadAsync(_cut.Token);
        if (waits && message is not null)
        {
            if (Interlocked.Exchange(ref _hasGotSomething, false))
            {
                proxy.CountRoundTrip();
            }
            if (proxy.Delay > TimeSpan.Zero)
            {
                await Task.Delay(proxy.Delay, _cut.Token);
            }
        }
        return message;
    }

    private async Task InterruptBeforeAsync(Interruption interruption)
    {
        switch (interruption.Fault)
        {
            case Fault.Hold:
                interruption.Happens();
                await interruption.Released.WaitAsync(_cut.Token);
                break;
            case Fault.CutBeforeForwarding:
                _interruption = interruption;
                Cut();
                _cut.Token.ThrowIfCancellationRequested();
                break;
            case Fault.HalfOpenBeforeForwarding:
                FallSilent(interruption);
                break;
            default:
                _interruption = interruption;
                _firstAnswerKept = _asked + 1;
                break;
        }
    }

    private void InterruptAfter(Interruption? interruption)
    {
        switch (interruption?.Fault)
        {
            case Fault.CutAfterForwarding:
                Cut();
                break;
            case Fault.HalfOpenAfterForwarding:
                FallSilent(interruption);
                break;
            default:
                break;
        }
    }

    private void FallSilent(Interruption interruption)
    {
        _firstAnswerKept = 0;
        _isSilent = true;
        interruption.Happens();
    }

    // What one end does, the other does not learn.
    private async Task StaySilentAsync()
    {
        if (_isSilent)
        {
            await Task.Delay(Timeout.Infinite, _cut.Token);
        }
    }
}
