// The commands the window may call: the one list. The shell makes the handlers from it, build.rs the access
// control, the bindings test the TypeScript. A command takes one request, calls one use case and answers, or
// fails with an IpcError. `core` is the application core.
commands! {
    /// Everything for the first frame.
    status(core, _request: ()) -> AppStatus = Ok(core.status());
    /// Chooses light, dark or the system's.
    set_appearance(core, request: AppearanceRequest) -> () = core.set_appearance(request.appearance);
    /// Notes that a first-run hint was dismissed.
    hint_seen(core, request: HintRequest) -> () = core.hint_seen(request.hint);

    /// Makes the vault with a passphrase, when the OS keyring cannot be used.
    vault_create(core, request: NewPassphraseRequest) -> AppStatus = core.vault_create(&request.passphrase);
    /// Opens the vault by the keyring, or by a passphrase.
    vault_unlock(core, request: PassphraseRequest) -> AppStatus = core.vault_unlock(request.passphrase.as_ref().map(|text| text.as_str()));
    /// Forgets the vault key and everything on offer.
    vault_lock(core, _request: ()) -> AppStatus = Ok(core.vault_lock());
    /// Adds a passphrase beside the keyring.
    vault_add_passphrase(core, request: NewPassphraseRequest) -> AppStatus = core.vault_add_passphrase(&request.passphrase);
    /// Puts a snapshot in place of a damaged vault.
    vault_restore_snapshot(core, request: SnapshotRequest) -> AppStatus = core.vault_restore_snapshot(&request.name);

    /// The whole library.
    keys(core, _request: ()) -> KeyList = core.keys();
    /// Changes one key.
    key_update(core, request: KeyUpdate) -> KeyView = core.key_update(&request);
    /// Says what removing would lose.
    key_removal_check(core, request: KeyRequest) -> RemovalCheck = core.key_removal_check(&request.id);
    /// Hides a key; it can be restored until it is purged.
    key_remove(core, request: KeyRemoval) -> () = core.key_remove(&request);
    /// Brings a removed key back.
    key_restore(core, request: KeyRequest) -> KeyView = core.key_restore(&request.id);
    /// Erases a removed key.
    key_purge(core, request: KeyRequest) -> () = core.key_purge(&request.id);
    /// Names a team.
    issuer_rename(core, request: IssuerRenameRequest) -> () = core.issuer_rename(&request.issuer_id, &request.name);
    /// Puts a non-secret value on the clipboard.
    copy(core, request: CopyRequest) -> () = clipboard::copy(&core.copy_text(&request.id, request.what)?);

    /// Takes what is on the clipboard.
    import_paste(core, _request: ()) -> u32 = core.import_pasted(clipboard::paste()?);
    /// Looks in the usual places.
    import_discover(core, _request: ()) -> u32 = core.import_discovered();
    /// What is on offer.
    import_view(core, request: ImportRequest) -> ImportView = core.import_view(request.id);
    /// Stops reading.
    import_stop(core, request: ImportRequest) -> () = core.import_stop(request.id);
    /// Opens an encrypted key.
    import_passphrase(core, request: RowPassphraseRequest) -> ImportView = core.import_passphrase(request.id, request.row, &request.passphrase);
    /// Stores what the user chose.
    import_commit(core, request: ImportCommit) -> ImportOutcome = core.import_commit(&request);
    /// Forgets what is on offer.
    import_cancel(core, request: ImportRequest) -> () = { core.import_cancel(request.id); Ok(()) };

    /// Keys side by side over the eleven areas.
    ledger(core, request: LedgerRequest) -> LedgerView = core.ledger(&request.columns, request.layer);
    /// Every key in use over the eleven areas.
    grid(core, request: GridRequest) -> GridView = core.grid(request.layer);
    /// Which keys can do something.
    who_can(core, request: WhoCanRequest) -> WhoCanView = core.who_can(&request);
    /// Which key to use for some jobs, and which to make.
    advise(core, request: AdviseRequest) -> AdviceView = core.advise(&request);
    /// Every operation of the API and how many keys can call it.
    operations(core, _request: ()) -> OperationsView = core.operations();

    /// Asks Apple about keys; answers with the run, which goes on by itself.
    verify(core, request: VerifyRequest) -> RunView = core.verify(&request);
    /// Stops asking.
    verify_stop(core, _request: ()) -> () = { core.verify_stop(); Ok(()) };
    /// The run under way, or the last one until it is dismissed.
    run(core, _request: ()) -> Option<RunView> = Ok(core.run());
    /// Forgets the summary of the last run.
    run_dismiss(core, _request: ()) -> () = { core.run_dismiss(); Ok(()) };
    /// Everything known from asking Apple about one key.
    check(core, request: KeyRequest) -> CheckView = core.check(&request.id);
    /// Keeps the recorded roles although the answers fit others better.
    roles_keep(core, request: KeyRequest) -> () = core.roles_keep(&request.id);
    /// Looks up what the owner of an Individual key may do.
    owner_look_up(core, request: OwnerRequest) -> CheckView = core.owner_look_up(&request);
    /// Notes a team's vendor number; an empty one takes it away.
    issuer_set_vendor(core, request: IssuerVendorRequest) -> () = core.issuer_set_vendor(&request.issuer_id, &request.vendor_number);
    /// Asks Apple about a key on offer: which kind, which team.
    import_ask(core, request: OfferQuestion) -> ImportView = core.import_ask(&request);
    /// The way to Apple.
    apple_line(core, _request: ()) -> AppleLine = core.apple_line();
    /// Chooses when Apple is asked.
    set_asking(core, request: AskingRequest) -> () = core.set_asking(request.asking);
    /// What this application did.
    activity(core, request: ActivityQuery) -> ActivityPage = core.activity(&request);

    /// What a token would say. Nothing is signed.
    token_plan(core, request: TokenWish) -> TokenPlan = core.token_plan(&request);
    /// Makes a token, in place of the one before.
    token_mint(core, request: TokenWish) -> TokenView = core.token_mint(&request);
    /// The token that was made last, while it lives.
    token(core, _request: ()) -> Option<TokenView> = Ok(core.token());
    /// Puts the token on the clipboard, for a while.
    token_copy(core, request: TokenCopy) -> Clip = clipboard::lend(core, ClipWhat::Token, &core.token_text(&request)?);
    /// Shows the token, because the user asked to see it.
    token_reveal(core, request: TokenRequest) -> Revealed = core.token_text(&TokenCopy { id: request.id, form: TokenForm::Token }).map(Revealed);
    /// Forgets the token.
    token_drop(core, request: TokenRequest) -> () = { core.token_drop(request.id); Ok(()) };
    /// Judges the token on the clipboard; a private key there is put on offer instead.
    inspect_paste(core, _request: ()) -> Inspected = core.inspect_pasted(clipboard::paste()?);
    /// Judges the same token again, as time has passed.
    inspect_again(core, _request: ()) -> Option<InspectionView> = core.inspect_again();
    /// Forgets the token that was inspected.
    inspect_clear(core, _request: ()) -> () = { core.inspect_clear(); Ok(()) };
    /// The secret on the clipboard, if it was put there from here.
    clipboard(_core, _request: ()) -> Option<Clip> = Ok(clipboard::lent());
    /// Takes it away now.
    clipboard_clear(_core, _request: ()) -> () = clipboard::take_back();
    /// Chooses how long a secret stays on the clipboard.
    set_clipboard_seconds(core, request: ClipboardRequest) -> () = core.set_clipboard_seconds(request.seconds);

    /// Every tool a key can be handed to.
    recipes(core, _request: ()) -> Vec<RecipeView> = Ok(core.recipes());
    /// Which keys are right for a form.
    fitting(core, request: FittingRequest) -> FittingView = core.fitting(&request);
    /// A form filled in for a key, and proved.
    handoff_sheet(core, request: HandoffPair) -> SheetView = core.handoff_sheet(&request);
    /// Writes a file to the place that was chosen.
    handoff_write(core, request: WriteRequest) -> ReceiptView = core.handoff_write(&request);
    /// Forgets a place that was chosen.
    handoff_place_drop(core, request: PlaceDropRequest) -> () = { core.handoff_place_drop(request.id); Ok(()) };
    /// Puts one secret of a form on the clipboard, for a while, and notes where it is to go.
    handoff_copy(core, request: SecretCopy) -> SecretCopied = core.handoff_copy(&request, |text| clipboard::lend(core, ClipWhat::Key, text));
    /// Whether GitHub's command line tool is here.
    gh_found(core, _request: ()) -> bool = Ok(core.gh_found());
    /// Sets secrets and variables with it.
    gh_set(core, request: GhRequest) -> GhView = core.gh_set(&request);
    /// Where keys went.
    receipts(core, request: ReceiptQuery) -> Vec<ReceiptView> = core.receipts(&request);
    /// Notes a place a key is in already.
    receipt_note(core, request: NotedHandoff) -> ReceiptView = core.receipt_note(&request);
    /// Says that a key is no longer somewhere, or is again.
    receipt_change(core, request: ReceiptChange) -> ReceiptView = core.receipt_change(&request);
    /// What depends on a key.
    uses(core, request: KeyRequest) -> UsesView = core.uses(&request.id);

    /// Puts a sheet the window made on the clipboard.
    export_copy(_core, request: ExportCopyRequest) -> () = clipboard::copy(export::for_clipboard(&request.text)?);
    /// Opens a listed page in the browser.
    open_link(core, request: LinkRequest) -> () = browser::open(core.link_url(&request.link)?);
}
